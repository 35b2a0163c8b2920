import type { Cell } from '../../../lambdas/domain/facts/audit-cells';
import { quarterMilliseconds } from '../../../lambdas/domain/facts/columns';
import { quietAfter } from '../../../lambdas/domain/facts/recount-quiet';
import { fromMillionths } from '../../../lambdas/domain/values/amount';
import { counted } from '../../../operator/counted';
import { changesNothing, type ReadyRecount } from '../../../operator/recount/recount';
import { table } from '../../terminal/table';

/** Maximum cells that a person reads. */
const cellsShown = 40;

/** Formats a recount for programs. */
export function recountAnswerOf({ recount: { cells: _ofLastCall, ...recount }, cells }: ReadyRecount): object {
  return {
    ...recount,
    cells: cells.all().map(({ quarter, count, amount, ...name }) => ({
      ...name,
      quarter: timeOf(quarter),
      count: Number(count),
      amount: fromMillionths(amount),
    })),
  };
}

/** Describes the changes of a recount, cell by cell, and the rows that it skips. */
export function recountText({ recount, cells }: ReadyRecount): string {
  const { scanned, clicksAdded, copiesRemoved, corrections, young, unreadable } = recount;
  const left = [
    ...(young === 0
      ? []
      : [
          `${counted(young, 'row')} written in the 25 hours before ${recount.startedAt} ${young === 1 ? 'waits' : 'wait'}: run it again after ${quietFrom(recount.startedAt)}.`,
        ]),
    ...(unreadable === 0
      ? []
      : [`${counted(unreadable, 'row')} cannot be read: see "Facts uncounted" in docs/runbook.md.`]),
  ];
  const read = `${counted(scanned, 'row')} read.`;
  if (changesNothing(recount)) return [`Nothing to correct. ${read}`, ...left].join('\n');
  const changes = [
    `${counted(clicksAdded, 'click')} to add`,
    `${counted(copiesRemoved, 'copy', 'copies')} of clicks to remove`,
    `${counted(corrections, 'row that corrects', 'rows that correct')} conversions`,
  ];
  const all = cells.all().toSorted((one, other) => one.quarter - other.quarter);
  const more =
    all.length > cellsShown ? [`… and ${counted(all.length - cellsShown, 'cell')} more; --json has all.`] : [];
  const rows = all.slice(0, cellsShown).map(rowOf);
  return [
    `${changes.join(', ')}. ${read}`,
    table(['campaign', 'quarter hour', 'what', 'change'], rows),
    ...more,
    ...left,
  ].join('\n');
}

/** Returns the time after which no change of those rows is on its way. */
function quietFrom(startedAt: string): string {
  return new Date(quietAfter(Date.parse(startedAt))).toISOString();
}

function rowOf({ campaign, quarter, set, event, status, currency, count, amount }: Cell): string[] {
  const what = [set, event, status, currency].filter((word) => word !== null).join(' ');
  return [campaign, timeOf(quarter), what, `${signed(String(count))} / ${signed(fromMillionths(amount))}`];
}

const signed = (number: string): string => (number.startsWith('-') || number === '0' ? number : `+${number}`);
const timeOf = (quarter: number): string => new Date(quarter * quarterMilliseconds).toISOString();
