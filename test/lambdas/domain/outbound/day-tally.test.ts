import * as fc from 'fast-check';
import { DayTally, wordsOf, type TalliedDelivery } from '../../../../lambdas/domain/outbound/day-tally';
import { deliveryStates, skipReasons } from '../../../../lambdas/domain/outbound/delivery';
import { readDeliveryId, type DeliveryId } from '../../../../lambdas/domain/outbound/delivery-id';

function idOf(conversion: number, occasion: number): DeliveryId {
  const id = readDeliveryId(`${conversion.toString(16).padStart(16, '0')}${occasion.toString(16).padStart(16, '0')}`);
  if (id === undefined) throw new Error('no ID');
  return id;
}

const delivery = (fields: Partial<TalliedDelivery> & { readonly conversion?: number } = {}): TalliedDelivery => {
  const { conversion = 1, ...others } = fields;
  return {
    id: idOf(conversion, 1),
    postbackId: 'main',
    state: 'delivered',
    reason: 'ACCEPTED',
    attempts: 1,
    ...others,
  };
};

function rowsOf(deliveries: readonly TalliedDelivery[]): ReturnType<DayTally['rows']> {
  const tally = new DayTally();
  for (const one of deliveries) tally.add(one);
  return tally.rows();
}

test('40 conversions of which the source says 38: two were rejected in its words', () => {
  const rejected = { state: 'failed', reason: 'REFUSED' } as const;
  const [row, ...others] = rowsOf([
    ...Array.from({ length: 38 }, (_, at) => delivery({ conversion: at })),
    delivery({ conversion: 38, ...rejected, detail: 'invalid clickid 9f3a77c1' }),
    delivery({ conversion: 39, ...rejected, detail: 'invalid clickid 11e09b42' }),
  ]);

  expect(others).toEqual([]);
  expect(row).toMatchObject({ postback: 'main', conversions: 40, eligible: 40, sent: 40 });
  expect(row?.states).toMatchObject({ delivered: 38, failed: 2 });
  expect(row?.reasons).toEqual([{ state: 'failed', reason: 'REFUSED', words: 'invalid clickid …', count: 2 }]);
});

test('what a postback does not ask for is not eligible, and what could not be made is', () => {
  const [row] = rowsOf([
    delivery({ conversion: 1, state: 'skipped', reason: 'STATUS_FILTERED', attempts: 0 }),
    delivery({ conversion: 2, state: 'skipped', reason: 'TEST_CONVERSION', attempts: 0 }),
    delivery({ conversion: 3, state: 'skipped', reason: 'MACRO_EMPTY', detail: '{external_id}', attempts: 0 }),
  ]);

  expect(row).toMatchObject({ conversions: 3, deliveries: 3, eligible: 1, sent: 0, states: { skipped: 3 } });
  expect(row?.reasons).toContainEqual({ state: 'skipped', reason: 'MACRO_EMPTY', words: '{external_id}', count: 1 });
});

test('several changes of a conversion are one conversion', () => {
  const [row] = rowsOf([1, 2, 3].map((occasion) => delivery({ id: idOf(7, occasion) })));
  expect(row).toMatchObject({ conversions: 1, deliveries: 3 });
});

test('a source with no end of words fills no memory: what is beyond fifty is counted together', () => {
  const said = Array.from({ length: 500 }, (_, at) => `no ${String.fromCodePoint(0x4e00 + at)}`);
  const [row] = rowsOf(
    said.map((detail, at) => delivery({ conversion: at, state: 'failed', reason: 'REFUSED', detail })),
  );

  expect(row?.reasons).toHaveLength(51);
  expect(row?.reasons[0]).toMatchObject({ words: 'other words', count: 450 });
});

test.each([
  ['unknown click 9f3a77c1-22', 'unknown click …'],
  ['{"error":"invalid clickid","id":"a1b2c3d4"}', '{"error":"invalid clickid","id":"…"}'],
  ['goal 3 is off\n', 'goal 3 is off'],
  ['SERVER_ERROR', 'SERVER_ERROR'],
])('%s is counted as %s', (detail, words) => {
  expect(wordsOf(detail)).toBe(words);
});

const anyDelivery: fc.Arbitrary<TalliedDelivery> = fc.record({
  id: fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5 })).map(([one, other]) => idOf(one, other)),
  postbackId: fc.constantFrom('main', 'second'),
  state: fc.constantFrom(...deliveryStates),
  reason: fc.constantFrom(...skipReasons, 'REFUSED', 'ACCEPTED', 'SERVER_ERROR'),
  attempts: fc.integer({ min: 0, max: 9 }),
});

test('whatever the deliveries, each is in one state, each that is not delivered has one reason, and order does not matter', () => {
  fc.assert(
    fc.property(fc.array(anyDelivery, { maxLength: 200 }), (deliveries) => {
      const rows = rowsOf(deliveries);
      const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
      for (const { postback, states, reasons, ...row } of rows) {
        const mine = deliveries.filter(({ postbackId }) => postbackId === postback);
        expect(row.deliveries).toBe(mine.length);
        expect(sumOf(Object.values(states))).toBe(mine.length);
        expect(sumOf(reasons.map(({ count }) => count))).toBe(mine.length - states.delivered);
        expect(row.conversions).toBe(new Set(mine.map(({ id }) => id.slice(0, 16))).size);
        expect(row.sent).toBe(mine.filter(({ attempts }) => attempts > 0).length);
      }
      expect(sumOf(rows.map((row) => row.deliveries))).toBe(deliveries.length);
      const reversed = rowsOf([...deliveries].reverse());
      const counted = (all: typeof rows): readonly object[] =>
        all.map((row) => ({ ...row, reasons: row.reasons.length }));
      expect(counted(reversed)).toEqual(counted(rows));
    }),
  );
});
