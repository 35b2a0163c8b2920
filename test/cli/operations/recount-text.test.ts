import { recountAnswerOf, recountText } from '../../../cli/operations/reports/recount-text';
import { Cells, type Cell } from '../../../lambdas/domain/facts/audit-cells';
import { quarterOf } from '../../../lambdas/domain/facts/columns';
import type { ReadyRecount } from '../../../operator/recount/recount';

const quarter = quarterOf(Date.UTC(2026, 10, 23, 10, 15));
const sale: Cell = {
  set: 'conversions',
  campaign: 'spring',
  quarter,
  event: 'sale',
  status: 'approved',
  currency: 'USD',
  count: 1n,
  amount: 12_500_000n,
};

function ready(cells: readonly Cell[], fields: Partial<ReadyRecount['recount']> = {}): ReadyRecount {
  const changed = new Cells();
  cells.forEach((cell) => changed.add(cell));
  return {
    cells: changed,
    recount: {
      id: 'r1',
      phase: 'ready',
      startedAt: '2026-11-30T12:00:00.000Z',
      scanned: 40,
      young: 0,
      unreadable: 0,
      clicksAdded: 0,
      copiesRemoved: 0,
      corrections: 0,
      cells: [],
      ...fields,
    },
  };
}

test('corrections are shown cell by cell, with their signs', () => {
  const clicks: Cell = { ...sale, set: 'clicks', event: null, status: null, currency: null, count: -2n, amount: 0n };
  const lines = recountText(ready([sale, clicks], { copiesRemoved: 2, corrections: 1 })).split('\n');

  expect(lines[0]).toBe(
    '0 clicks to add, 2 copies of clicks to remove, 1 row that corrects conversions. 40 rows read.',
  );
  const table = lines.map((line) => line.replaceAll(/ {2,}/g, '  ').trim());
  expect(table).toContain('spring  2026-11-23T10:15:00.000Z  conversions sale approved USD  +1 / +12.5');
  expect(table).toContain('spring  2026-11-23T10:15:00.000Z  clicks  -2 / 0');
});

test('skipped rows are reported, also if nothing is corrected', () => {
  expect(recountText(ready([], { young: 3, unreadable: 1 }))).toBe(
    [
      'Nothing to correct. 40 rows read.',
      '3 rows written in the 25 hours before 2026-11-30T12:00:00.000Z wait: run it again after 2026-12-01T13:00:00.000Z.',
      '1 row cannot be read: see "Facts uncounted" in docs/runbook.md.',
    ].join('\n'),
  );
});

test('of very many cells the first are shown, and --json has all', () => {
  const many = Array.from({ length: 45 }, (_, index) => ({ ...sale, quarter: quarter + index }));
  const recount = ready(many, { corrections: 45 });

  expect(recountText(recount)).toContain('… and 5 cells more; --json has all.');
  expect(recountAnswerOf(recount)).toMatchObject({ cells: { length: 45 }, id: 'r1' });
});
