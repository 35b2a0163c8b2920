import type { ConfigurationHistory } from '../../adapters/configuration-history';
import type { Deadline } from '../../adapters/deadline';
import type { RateOf } from '../../domain/reports/conversion-rates';
import type { ReportQuery } from '../../domain/reports/report-query';
import type { Spend } from '../../domain/reports/spend';

/** What a team said of costs and rates, as far as a report needs it. */
export interface ReportMoney {
  readonly spends: readonly Spend[];
  readonly rateOf: RateOf | undefined;
  /** Names these costs and rates; empty where the report needs none. */
  readonly mark: string;
}

export async function readMoney(
  _query: ReportQuery,
  _configuration: ConfigurationHistory,
  _deadline: Deadline,
): Promise<ReportMoney> {
  return { spends: [], rateOf: undefined, mark: '' };
}
