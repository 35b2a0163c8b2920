import type { ConfigurationHistory } from '../../adapters/configuration-history';
import type { Deadline } from '../../adapters/deadline';
import type { DocumentKind, DocumentOf } from '../../domain/configuration/document';
import { longestRateDays, ratesInto, type DayRates, type RateOf } from '../../domain/reports/conversion-rates';
import { costsOf, dayRatesOf, markOf } from '../../domain/reports/documents';
import { needsOf } from '../../domain/reports/metrics';
import type { ReportQuery } from '../../domain/reports/report-query';
import { noCosts, type Costs } from '../../domain/reports/costs';
import { quartersOfDay } from '../../domain/reports/zone-segments';
import { tooLarge } from './too-large';

/** The team's costs and rates, as far as a report needs them. */
export interface ReportMoney {
  readonly costs: Costs;
  readonly rateOf: RateOf | undefined;
  /** Names these costs and rates; empty where the report needs none. */
  readonly mark: string;
}

/** So many documents of costs are conditions of one query. */
const maximumCosts = 500;
const pageSize = 200;

export async function readReportMoney(
  query: ReportQuery,
  configuration: ConfigurationHistory,
  deadline: Deadline,
): Promise<ReportMoney> {
  const { currency } = query;
  const costs = needsOf(query.metrics).costs ? await readCosts(query, configuration, deadline) : noCosts;
  if (currency === undefined) return { costs, rateOf: undefined, mark: markOf(costs, []) };
  const rates = await ratesOf(query, configuration, deadline);
  return { costs, rateOf: ratesInto(currency, rates), mark: markOf(costs, rates) };
}

async function readCosts(query: ReportQuery, configuration: ConfigurationHistory, deadline: Deadline): Promise<Costs> {
  const costs = costsOf(await allOf('cost', configuration, deadline), query);
  const count = costs.covered.length + costs.models.length;
  if (count <= maximumCosts) return costs;
  throw tooLarge(`The period has costs in ${count} documents, and one report can take ${maximumCosts}.`);
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

/** Returns every document of a kind, by ID. An unreadable one of another release is omitted. */
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
