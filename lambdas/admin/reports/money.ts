import type { ConfigurationHistory } from '../../adapters/configuration-history';
import type { Deadline } from '../../adapters/deadline';
import type { DocumentKind, DocumentOf } from '../../domain/configuration/document';
import { longestRateDays, ratesInto, type DayRates, type RateOf } from '../../domain/reports/conversion-rates';
import { dayRatesOf, markOf, spendOf } from '../../domain/reports/documents';
import { needsOf } from '../../domain/reports/metrics';
import type { ReportQuery } from '../../domain/reports/report-query';
import type { Spend } from '../../domain/reports/spend';
import { quartersOfDay } from '../../domain/reports/zone-segments';
import { tooLarge } from './too-large';

/** What a team said of costs and rates, as far as a report needs it. */
export interface ReportMoney {
  readonly spends: readonly Spend[];
  readonly rateOf: RateOf | undefined;
  /** Names these costs and rates; empty where the report needs none. */
  readonly mark: string;
}

/** So many documents of costs are conditions of one query. */
const maximumSpends = 500;
const pageSize = 200;

export async function readReportMoney(
  query: ReportQuery,
  configuration: ConfigurationHistory,
  deadline: Deadline,
): Promise<ReportMoney> {
  const { currency } = query;
  const spends = needsOf(query.metrics).costs ? await spendsOf(query, configuration, deadline) : [];
  if (currency === undefined) return { spends, rateOf: undefined, mark: markOf(spends, []) };
  const rates = await ratesOf(query, configuration, deadline);
  return { spends, rateOf: ratesInto(currency, rates), mark: markOf(spends, rates) };
}

async function spendsOf(
  { first, last }: ReportQuery,
  configuration: ConfigurationHistory,
  deadline: Deadline,
): Promise<readonly Spend[]> {
  const documents = await allOf('cost', configuration, deadline);
  const spends = documents
    .map(({ id, document }) => spendOf(id, document))
    .filter((spend) => spend.first <= last && spend.last >= first);
  if (spends.length <= maximumSpends) return spends;
  throw tooLarge(`The period has costs in ${spends.length} documents, and one report can spread ${maximumSpends}.`);
}

async function ratesOf(
  { first, last }: ReportQuery,
  configuration: ConfigurationHistory,
  deadline: Deadline,
): Promise<readonly DayRates[]> {
  const documents = await allOf('rate', configuration, deadline);
  const [from, to] = [Math.floor(first / quartersOfDay) - longestRateDays, Math.floor(last / quartersOfDay)];
  return documents.flatMap(({ document }) => dayRatesOf(document)).filter(({ day }) => day >= from && day <= to);
}

/** Every document of a kind, by ID. One that another release stored and this one does not understand is left out. */
async function allOf<Kind extends DocumentKind>(
  kind: Kind,
  configuration: ConfigurationHistory,
  deadline: Deadline,
): Promise<readonly { readonly id: string; readonly document: DocumentOf[Kind] }[]> {
  const found: { readonly id: string; readonly document: DocumentOf[Kind] }[] = [];
  let after: string | undefined;
  do {
    const page = { limit: pageSize, ...(after !== undefined && { after }) };
    const { versions, more } = await configuration.list(kind, page, deadline);
    for (const version of versions) {
      if (version.problems === undefined) found.push({ id: version.id, document: version.document });
    }
    after = more ? versions.at(-1)?.id : undefined;
  } while (after !== undefined);
  return found;
}
