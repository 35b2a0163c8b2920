import type { SourceDay } from '../../../operator/deliveries/source-days';
import { table } from '../../terminal/table';
import { stateText } from './delivery-text';

const headings = ['conversions', 'eligible', 'sent', 'accepted', 'rejected', 'exhausted', 'waiting', 'skipped'];

/** Formats a row for each day and postback, their sum, and below it the reasons of deliveries that were not accepted. */
export function sourceDaysText(days: readonly SourceDay[]): string {
  const rows = days.map((one) => [one.day, one.postback, ...figuresOf(one).map(String)]);
  const sums = headings.map((_, at) => days.reduce((sum, one) => sum + (figuresOf(one)[at] ?? 0), 0));
  const reasons = days.flatMap((one) =>
    one.reasons.map(({ state, reason, words, count }) => [
      one.day,
      one.postback,
      String(count),
      stateText({ state, ...(reason !== undefined && { reason }) }),
      words ?? '',
    ]),
  );
  return [
    table(['day', 'postback', ...headings], [...rows, ['all', '', ...sums.map(String)]]),
    ...(reasons.length === 0 ? [] : ['', table(['day', 'postback', 'count', 'not accepted', 'words'], reasons)]),
  ].join('\n');
}

function figuresOf({ conversions, eligible, sent, states }: SourceDay): readonly number[] {
  const { delivered, failed, exhausted, due, held, skipped, superseded } = states;
  return [conversions, eligible, sent, delivered, failed, exhausted, due + held, skipped + superseded];
}
