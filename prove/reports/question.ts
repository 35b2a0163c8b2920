import { readDocument } from '../../lambdas/domain/configuration/document';
import type { Cost } from '../../lambdas/domain/configuration/cost';
import { ratesInto } from '../../lambdas/domain/reports/conversion-rates';
import type { Costs } from '../../lambdas/domain/reports/costs';
import { costsOf, dayRatesOf } from '../../lambdas/domain/reports/documents';
import type { ReportQuery } from '../../lambdas/domain/reports/report-query';
import { reportOf, type Report } from '../../lambdas/domain/reports/report';
import { startCounting, type AnswerRow } from '../../lambdas/domain/reports/tally';
import { queryOf } from '../../test/lambdas/domain/reports/support/ask-report';
import type { NaiveQuestion } from '../../test/lambdas/domain/reports/support/naive';
import type { NamedCost } from '../../test/lambdas/domain/reports/support/naive-costs';
import type { NamedRates } from '../../test/lambdas/domain/reports/support/naive-money';

/** A question as the naive program takes it; the parameters of a request are derived from it. */
export interface Question extends NaiveQuestion {
  readonly from: string;
  readonly to: string;
  readonly limit?: number;
  /** Asks for every row, in the order of an export. */
  readonly isExport?: true;
}

/** A question as the product parses it. */
export interface AskedQuestion {
  readonly query: ReportQuery;
  readonly costs: Costs;
}

const operators = { is: ':', 'is not': '!:', contains: '~' } as const;
const encoded = (text: string): string => text.replace(/[%,|]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

export function asked({
  groups,
  conditions = [],
  metrics,
  limit,
  currency,
  costs = [],
  ...rest
}: Question): AskedQuestion {
  const filter = conditions.map(
    ({ field, test, values }) => `${field}${operators[test]}${values.map(encoded).join('|')}`,
  );
  const query = queryOf({
    from: rest.from,
    to: rest.to,
    timezone: rest.timezone,
    by: rest.by,
    ...(groups.length > 0 && { group: groups.join(',') }),
    ...(filter.length > 0 && { filter: filter.join(',') }),
    ...(metrics !== undefined && { metrics: metrics.join(',') }),
    ...(currency !== undefined && { currency }),
    ...(limit !== undefined && { limit: String(limit) }),
  });
  return { query, costs: costsOf(costs, query) };
}

/** Builds the report from the answer of any engine. */
export function reportFrom(
  { query, costs }: AskedQuestion,
  rates: readonly NamedRates[],
  rows: readonly AnswerRow[],
): Report {
  const published = rates
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
    .map(({ base, days }) => {
      const reading = readDocument('rate', { base, days });
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      return reading.document;
    });
  const rateOf =
    query.currency === undefined
      ? undefined
      : ratesInto(
          query.currency,
          published.flatMap((one) => dayRatesOf(one)),
        );
  const counting = startCounting(query, costs, rateOf);
  for (const row of rows) counting.add(row);
  return reportOf(query, counting.result());
}

/** Builds a document of costs as the API takes it. */
export function namedCost(id: string, fields: object): NamedCost {
  return { id, document: costDocument(fields) };
}

function costDocument(fields: object): Cost {
  const reading = readDocument('cost', fields);
  if (!reading.ok) throw new Error(JSON.stringify([fields, reading.problems]));
  return reading.document;
}
