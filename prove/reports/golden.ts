import type { Report } from '../../lambdas/domain/reports/report';
import type { Facts } from '../../test/lambdas/domain/reports/support/facts';
import { naiveReport, type NaiveQuestion } from '../../test/lambdas/domain/reports/support/naive';
import type { KnownReport } from './compare';
import type { Question } from './question';

/** Computes the report with the naive program. With a limit, the given report says which rows are shown; the others are computed as one. */
export function goldenReport(facts: Facts, question: Question, report: Report): KnownReport {
  const { from, to, limit } = question;
  const naive: NaiveQuestion = { ...question, from: timeOf(from), to: timeOf(to) };
  const { rows, ...all } = naiveReport(facts, naive);
  const total = { group: {}, measures: all.total, ...(all.notConverted && { notConverted: all.notConverted }) };
  if (limit === undefined || rows.length <= limit) return { rows, total };
  const shown = new Set(report.rows.filter(({ other }) => other !== true).map(({ group }) => JSON.stringify(group)));
  const isShown = (group: object): boolean => shown.has(JSON.stringify(group));
  const others = naiveReport(facts, { ...naive, keeps: (group) => !isShown(group) }).total;
  const nothing = Object.fromEntries(question.groups.map((group) => [group, null]));
  const other = { ...others, uniqueClicks: null, medianSecondsToConversion: null };
  return { rows: [...rows.filter(({ group }) => isShown(group)), { group: nothing, measures: other }], total };
}

function timeOf(text: string): number | string {
  return text.includes('T') ? Date.parse(text) : text;
}
