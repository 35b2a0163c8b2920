import * as fc from 'fast-check';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { settleByKey } from '../../../../lambdas/domain/conversion/settlement';
import { erasedConversion } from '../../../../lambdas/domain/conversion/erasure';
import { reportedOf, type DeliveryState, type PlannedDelivery } from '../../../../lambdas/domain/outbound/delivery';
import { orderOf, type InOrder } from '../../../../lambdas/domain/outbound/order';
import { planDeliveries } from '../../../../lambdas/domain/outbound/plan';
import { postbackModes, type Postback } from '../../../../lambdas/domain/configuration/outbound-postback';
import { claims, foldingModes, runs, shuffled } from '../conversion/arbitraries';
import { claim, Ledger, type Said } from '../conversion/ledger';
import { postback } from './support';

const sink = { url: 'https://sink.example/?c={external_id}&s={status}&p={payout}' };
const sourceOf = (
  ...postbacks: readonly Postback[]
): { readonly id: string; readonly postbacks: readonly Postback[] } => ({
  id: 'news',
  postbacks,
});

interface Change {
  readonly before: Conversion | undefined;
  readonly after: Conversion;
}

/** The changes of a conversion, as a stream tells them. */
function changesOf(said: readonly Said[], ledger = new Ledger('update')): readonly Change[] {
  return said.flatMap((one) => {
    const before = ledger.stored;
    ledger.say(one);
    return ledger.stored === undefined || ledger.stored === before ? [] : [{ before, after: ledger.stored }];
  });
}

/** The same of claims about the row of one key, as the table keeps it. */
function settledChanges(all: readonly Claim[]): readonly Change[] {
  const { subject } = new Ledger('update', 'T1');
  const changes: Change[] = [];
  for (const one of all) {
    const before = changes.at(-1)?.after;
    const settled = settleByKey(before, subject, one, true);
    if (settled.outcome !== 'settled') throw new Error(`a claim of the same integration was ${settled.outcome}`);
    changes.push(...settled.writes.map((after) => ({ before, after })));
  }
  return changes;
}

/** What is planned, in words; what has an ID that was planned before is not stored again. */
function plannedOf(changes: readonly Change[], fields: Readonly<Record<string, unknown>>): readonly string[] {
  const ids = new Set<string>();
  return changes
    .flatMap(({ before, after }) => planDeliveries(before, after, sourceOf(postback({ ...sink, ...fields }))))
    .filter(({ id }) => !ids.has(id) && ids.add(id))
    .map((planned) => `${planned.state === 'due' ? 'due' : planned.reason} ${planned.status} ${planned.amount ?? '-'}`);
}

const life: readonly Said[] = [{ status: 'pending', amount: '10' }, { status: 'approved' }, { status: 'reversed' }];

describe('which changes are reported', () => {
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ['every change, in order', { when: 'every-change' }, ['due pending 10', 'due approved 10', 'due reversed 10']],
    ['each status', { when: 'each-status' }, ['due pending 10', 'due approved 10', 'due reversed 10']],
    ['the first alone', { when: 'first' }, ['due pending 10', 'STATUS_FILTERED reversed 10']],
    [
      'the first that is approved',
      { when: 'first', statuses: ['approved'] },
      ['STATUS_FILTERED pending 10', 'due approved 10', 'STATUS_FILTERED reversed 10'],
    ],
    [
      'reversals alone',
      { when: 'each-status', statuses: ['reversed'] },
      ['STATUS_FILTERED pending 10', 'STATUS_FILTERED approved 10', 'due reversed 10'],
    ],
    [
      'another event alone',
      { when: 'every-change', events: ['lead'] },
      ['EVENT_FILTERED pending 10', 'EVENT_FILTERED approved 10', 'EVENT_FILTERED reversed 10'],
    ],
  ])('%s', (_, fields, planned) => {
    expect(plannedOf(changesOf(life), fields)).toEqual(planned);
  });

  describe('what only a browser reports is not, and takes nothing from the server that confirms it', () => {
    const told = claim({ payout: '5', home: 'USD' }, 'ignore', 1);
    const report: Claim = { ...told, browser: true, fallback: { ...told.fallback, status: 'pending' } };
    const server = (said: Said): Claim => claim({ currency: 'USD', ...said }, 'update', 2);

    test.each(postbackModes)('%s', (when) => {
      for (const [said, expected] of [
        [{ status: 'approved', amount: '50' }, 'due approved 50'],
        [{ status: 'pending', amount: '5' }, 'due pending 5'],
      ] as const) {
        const confirmed = settledChanges([report, server(said), report]);
        expect(plannedOf(settledChanges([report]), { when })).toEqual([]);
        expect(plannedOf(confirmed, { when })).toEqual([expected]);
      }
    });
  });

  test('what changes nothing that a source sees is not reported', () => {
    const changes = changesOf([
      { status: 'approved', amount: '10', at: 5 },
      { status: 'approved', amount: '10', at: 5 },
      { status: 'pending', at: 1 },
      { status: 'approved', amount: '10', bytes: 'x' },
    ]);

    expect(plannedOf(changes, { when: 'every-change' })).toEqual(['due approved 10']);
  });

  test('a new amount is a change, but not to a source that sees no amounts, nor to one that is told of statuses', () => {
    const changes = changesOf([
      { amount: '10', at: 1 },
      { amount: '12', at: 2 },
    ]);

    expect(plannedOf(changes, { when: 'every-change' })).toEqual(['due approved 10', 'due approved 12']);
    expect(plannedOf(changes, { when: 'every-change', payout: 'none' })).toEqual(['due approved 10']);
    expect(plannedOf(changes, { when: 'each-status' })).toEqual(['due approved 10']);
  });

  test('a status that comes again is no new one', () => {
    const changes = changesOf([{ amount: '10' }, { status: 'reversed' }, { status: 'approved' }]);

    expect(plannedOf(changes, { when: 'each-status' })).toEqual(['due approved 10', 'due reversed 10']);
    expect(plannedOf(changes, { when: 'every-change' })).toHaveLength(3);
  });

  test('a reversal that waits for its sale reports nothing, and with its sale it reports once', () => {
    const changes = changesOf([
      { status: 'reversed', amount: '10', at: 2 },
      { status: 'approved', amount: '10', at: 1 },
    ]);

    expect(plannedOf(changes, { when: 'every-change' })).toEqual([
      'REVERSAL_WITHOUT_SALE reversed -',
      'due reversed 10',
    ]);
    expect(plannedOf(changes, { when: 'first' })).toEqual([
      'REVERSAL_WITHOUT_SALE reversed -',
      'STATUS_FILTERED reversed 10',
    ]);
  });

  test('a reversal that its sale took in reports nothing', () => {
    const [change] = changesOf([{ status: 'reversed', amount: '10' }]);
    if (change === undefined) throw new Error('nothing was recorded');
    const after: Conversion = { ...change.after, metBy: 'sale#T1', version: 2 };

    expect(planDeliveries(change.after, after, sourceOf(postback({ ...sink, when: 'every-change' })))).toEqual([]);
  });

  test('a test conversion is reported where it is asked for, and nowhere else', () => {
    const ledger = new Ledger('ignore');
    const changes = changesOf([{ amount: '10' }], ledger).map(({ before, after }) => ({
      before,
      after: { ...after, test: true },
    }));

    expect(plannedOf(changes, { when: 'first' })).toEqual(['TEST_CONVERSION approved 10']);
    expect(plannedOf(changes, { when: 'first', sendTests: true })).toEqual(['due approved 10']);
  });

  test('an erasure reports nothing', () => {
    const [change] = changesOf([{ amount: '10' }]);
    const erased = change && erasedConversion(change.after);
    if (change === undefined || erased === undefined) throw new Error('nothing was erased');

    expect(planDeliveries(change.after, erased, sourceOf(postback({ ...sink, when: 'every-change' })))).toEqual([]);
  });

  test('each postback of a source has deliveries of its own', () => {
    const [change] = changesOf([{ amount: '10' }]);
    if (change === undefined) throw new Error('nothing was recorded');
    const source = sourceOf(postback({ ...sink, id: 'a' }), postback({ ...sink, id: 'b' }));
    const planned = planDeliveries(change.before, change.after, source);

    expect(
      planned.map(({ sourceId, postbackId, conversionVersion }) => [sourceId, postbackId, conversionVersion]),
    ).toEqual([
      ['news', 'a', 1],
      ['news', 'b', 1],
    ]);
    expect(new Set(planned.map(({ id }) => id)).size).toBe(2);
    expect(planned[0]?.id).toMatch(/^[0-9a-f]{32}$/);
  });
});

interface Stored {
  readonly planned: PlannedDelivery;
  state: DeliveryState;
}

/** A dispatcher and a sink: what is planned is stored once under its ID, and what is due is sent as the order says. */
class Sink {
  readonly stored = new Map<string, Stored>();
  readonly received: PlannedDelivery[] = [];

  plan(deliveries: readonly PlannedDelivery[]): void {
    for (const planned of deliveries) {
      if (!this.stored.has(planned.id)) this.stored.set(planned.id, { planned, state: planned.state });
    }
  }

  /** Goes once through all that is due, from a place on, and sends what may be sent. */
  send(from: number): void {
    const rows = [...this.stored.values()];
    const others = (): readonly InOrder[] => rows.map(({ planned, state }) => ({ ...planned, state }));
    for (const index of rows.keys()) {
      const row = rows[(index + from) % rows.length];
      if (row?.state !== 'due') continue;
      const order = orderOf({ ...row.planned, state: row.state }, others());
      if (order === 'send') this.received.push(row.planned);
      if (order !== 'wait') row.state = order === 'send' ? 'delivered' : 'superseded';
    }
  }
}

describe('whatever a conversion went through', () => {
  const histories = claims({ mode: fc.constantFrom(...foldingModes), retryHours: fc.constant(48) }, 6).map((said) => {
    const ledger = new Ledger('ignore');
    const changes: Change[] = [];
    for (const one of said) {
      const before = ledger.stored;
      ledger.take(one);
      if (ledger.stored !== undefined && ledger.stored !== before) changes.push({ before, after: ledger.stored });
    }
    return changes;
  });
  const disorder = histories.chain((changes) =>
    fc.record({
      changes: fc.constant(changes),
      // Each change is seen once or oftener, in any order.
      seen: shuffled([...changes, ...changes]),
      sends: fc.array(fc.nat({ max: 9 }), { minLength: 12, maxLength: 12 }),
    }),
  );

  test('the same change has the same deliveries, and other changes have others', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...postbackModes), (changes, when) => {
        const source = sourceOf(postback({ ...sink, when }));
        const once = changes.map(({ before, after }) => planDeliveries(before, after, source));
        const again = changes.map(({ before, after }) =>
          planDeliveries(structuredClone(before), structuredClone(after), source),
        );
        expect(again).toEqual(once);
        const ids = once.flat().map(({ id }) => id);
        const own = when === 'every-change' ? ids.length : new Set(ids).size;
        expect(new Set(ids).size).toBe(own);
      }),
      runs(1 / 2),
    );
  });

  test('the last that a source hears is what the conversion is, in whatever order its changes are seen and sent', () => {
    fc.assert(
      fc.property(disorder, ({ changes, seen, sends }) => {
        const source = sourceOf(postback({ ...sink, when: 'every-change' }));
        const sunk = new Sink();
        seen.forEach(({ before, after }, index) => {
          sunk.plan(planDeliveries(before, after, source));
          sunk.send(sends[index] ?? 0);
        });
        sunk.send(0);
        const last = sunk.received.at(-1);
        const end = changes.at(-1)?.after;
        if (end === undefined) return;
        const due = [...sunk.stored.values()].filter(({ state }) => state === 'due');
        expect(due).toEqual([]);
        const told = last && { status: last.status, amount: last.amount, currency: last.currency };
        const { status, amount, currency } = reportedOf(end);
        // A reversal without its sale has reported nothing.
        const isSilent = [...sunk.stored.values()].every(({ state }) => state === 'skipped');
        expect(told).toEqual(isSilent ? undefined : { status, amount, currency });
        const ids = sunk.received.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      runs(),
    );
  });

  test('a source that is told once is told at most once', () => {
    fc.assert(
      fc.property(disorder, ({ seen, sends }) => {
        const source = sourceOf(postback({ ...sink, when: 'first' }));
        const sunk = new Sink();
        seen.forEach(({ before, after }, index) => {
          sunk.plan(planDeliveries(before, after, source));
          sunk.send(sends[index] ?? 0);
        });
        expect(sunk.received.length).toBeLessThanOrEqual(1);
      }),
      runs(),
    );
  });

  test('each status is told once, in the order in which they came', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat({ max: 9 }), { minLength: 8, maxLength: 8 }), (changes, sends) => {
        const source = sourceOf(postback({ ...sink, when: 'each-status' }));
        const sunk = new Sink();
        for (const { before, after } of changes) sunk.plan(planDeliveries(before, after, source));
        sends.forEach((from) => sunk.send(from));
        const versions = sunk.received.map(({ conversionVersion }) => conversionVersion);
        expect(versions).toEqual([...versions].sort((left, right) => left - right));
        const statuses = sunk.received.map(({ status }) => status);
        expect(new Set(statuses).size).toBe(statuses.length);
      }),
      runs(),
    );
  });
});

test('a delivery waits while an older one is under way', () => {
  const [pending, approved] = changesOf(life).flatMap(({ before, after }) =>
    planDeliveries(before, after, sourceOf(postback({ ...sink, when: 'every-change' }))),
  );
  if (pending === undefined || approved === undefined) throw new Error('nothing was planned');

  expect(orderOf(approved, [{ ...pending, isInFlight: true }, approved])).toBe('wait');
  expect(orderOf(approved, [pending, approved])).toBe('send');
  expect(orderOf(pending, [pending, approved])).toBe('superseded');
});
