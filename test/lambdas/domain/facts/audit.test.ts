import * as fc from 'fast-check';
import { Cells, driftBetween, lastingDrift, type Cell } from '../../../../lambdas/domain/facts/audit-cells';
import { cellOfClick, cellOfConversion } from '../../../../lambdas/domain/facts/audit';
import { conversionChanges } from '../../../../lambdas/domain/facts/changes';
import { quarterOf } from '../../../../lambdas/domain/facts/columns';
import type { ConversionFact } from '../../../../lambdas/domain/facts/rows';
import { claims, foldingModes, runs } from '../conversion/arbitraries';
import { Ledger } from '../conversion/ledger';
import { now } from '../support/factories';
import { clickOf, lookups } from './support';

const cellsOf = (cells: readonly Cell[]): Cells => {
  const all = new Cells();
  cells.forEach((cell) => all.add(cell));
  return all;
};

const cell = (fields: Partial<Cell> = {}): Cell => ({
  set: 'conversions',
  campaign: 'spring',
  quarter: quarterOf(now),
  event: 'sale',
  status: 'approved',
  currency: 'USD',
  count: 1n,
  amount: 10_000_000n,
  ...fields,
});

const cellOfRow = ({ campaign, click_quarter, event, status, currency, count, amount }: ConversionFact): Cell =>
  cell({ campaign, quarter: Number(click_quarter), event, status, currency, count, amount: amount ?? 0n });

test('what is stored and what is counted differ in nothing, whatever a conversion went through', () => {
  const world = { mode: fc.constantFrom(...foldingModes), retryHours: fc.constant(48) };
  const sequences = claims(world, 6);
  fc.assert(
    fc.property(sequences, (said) => {
      const ledger = new Ledger('ignore');
      const counted = new Cells();
      for (const one of said) {
        const before = ledger.stored;
        ledger.take(one);
        conversionChanges(before, ledger.stored, now, lookups).rows.forEach((row) => counted.add(cellOfRow(row)));
      }
      const cells = ledger.stored && cellOfConversion(ledger.stored);
      expect(driftBetween(cellsOf(cells === undefined ? [] : [cells]), counted)).toEqual([]);
    }),
    runs(1 / 5),
  );
});

test('a click is one in its quarter of an hour, and has no money in an audit', () => {
  expect(cellOfClick(clickOf({ clickedAt: now }))).toEqual({
    set: 'clicks',
    campaign: 'spring',
    quarter: quarterOf(now),
    event: null,
    status: null,
    currency: null,
    count: 1n,
    amount: 0n,
  });
});

test.each<[string, readonly Cell[], readonly Cell[]]>([
  ['counted twice', [cell()], [cell(), cell()]],
  ['not counted', [cell()], []],
  ['counted in another quarter', [cell()], [cell({ quarter: quarterOf(now) + 1 })]],
  ['of another currency', [cell()], [cell({ currency: 'EUR' })]],
  ['of a millionth less', [cell()], [cell({ amount: 9_999_999n })]],
  ['of another status', [cell()], [cell({ status: 'pending' })]],
])('a conversion that is %s is drift', (_, stored, counted) => {
  const drift = driftBetween(cellsOf(stored), cellsOf(counted));

  expect(drift.length).toBeGreaterThan(0);
  expect(drift.every((one) => one.campaign === 'spring')).toBe(true);
});

test('cells that come to nothing are none', () => {
  expect(driftBetween(new Cells(), cellsOf([cell(), cell({ count: -1n, amount: -10_000_000n })]))).toEqual([]);
});

test('a difference lasts only where two audits find the same', () => {
  const onItsWay = driftBetween(cellsOf([cell(), cell()]), cellsOf([cell()]));
  const later = driftBetween(cellsOf([cell(), cell(), cell()]), cellsOf([cell(), cell()]));

  expect(lastingDrift(onItsWay, later)).toEqual([]);
  expect(lastingDrift(onItsWay, onItsWay)).toEqual(onItsWay);
});
