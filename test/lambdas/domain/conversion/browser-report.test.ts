import * as fc from 'fast-check';
import { isReportedOnly } from '../../../../lambdas/domain/conversion/browser-report';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { duplicateModes } from '../../../../lambdas/domain/values/duplicate-mode';
import { addDeltas, payableOf } from '../../../../lambdas/domain/conversion/payable';
import { settleByKey } from '../../../../lambdas/domain/conversion/settlement';
import { amount, currency } from '../support/factories';
import { claims, runs, shuffled } from './arbitraries';
import { Click, type SaidOfClick } from './click';
import { claim, Ledger, stateOf } from './ledger';
import { NaiveKey } from './naive-key';
import { compare } from './naive-model';

/** The same as a visitor's browser reports it. */
function reported({
  status: _status,
  reversal: _reversal,
  renewal: _renewal,
  sequence: _place,
  ...said
}: Claim): Claim {
  return {
    ...said,
    browser: true,
    mode: 'ignore',
    eventTime: said.receivedAt,
    timeGiven: false,
    fallback: { ...said.fallback, status: 'pending' },
  };
}

/** The row of one key, as the table keeps it. */
function arrive(all: readonly Claim[], transactionId?: string): Conversion | undefined {
  const { subject } = new Ledger('ignore', transactionId);
  let row: Conversion | undefined;
  for (const one of all) {
    const settled = settleByKey(row, subject, one, true);
    if (settled.outcome !== 'settled') throw new Error(`a claim of the same integration was ${settled.outcome}`);
    for (const next of settled.writes.filter(({ conversionKey }) => !conversionKey.includes('+'))) {
      expect(next.version).toBe((row?.version ?? 0) + 1);
      row = next;
    }
  }
  return row;
}

const mixed = fc
  .constantFrom(...duplicateModes)
  .chain((mode) => claims({ mode: fc.constant(mode), retryHours: fc.constantFrom(0, 1, 48) }, 6))
  .chain((all) => fc.tuple(...all.map((one) => fc.boolean().map((isBrowser) => (isBrowser ? reported(one) : one)))))
  .chain((all) => shuffled(all));

describe('what a browser reports of a conversion that a server speaks of', () => {
  test('counts for nothing, whatever comes first: the row is what the servers alone make of it', () => {
    const cases = fc.tuple(mixed, fc.constantFrom(undefined, 'T1'));
    fc.assert(
      fc.property(cases, ([all, transactionId]) => {
        const servers = all.filter(({ browser }) => browser !== true);
        const key = new NaiveKey(transactionId !== undefined);
        for (const one of servers) key.take(one);
        fc.pre(servers.length > 0);
        const row = arrive(all, transactionId);
        expect(stateOf(row)).toEqual(key.expected);
        expect(row?.history.some(({ browser }) => browser === true)).toBe(false);
        expect(addDeltas(...(row?.history ?? []).map(({ deltas }) => deltas))).toEqual(payableOf(row));
      }),
      runs(),
    );
  });

  test('leaves every row of its click as it would be without it, refunds and renewals among them', () => {
    const said: fc.Arbitrary<SaidOfClick & { readonly isBrowser: boolean }> = fc.record({
      isBrowser: fc.boolean(),
      event: fc.constantFrom('sale', 'sale', 'lead'),
      status: fc.constantFrom('pending', 'approved', 'approved', 'rejected', 'reversed'),
      amount: fc.constantFrom('5', '10', '20'),
      transactionId: fc.constantFrom('A', 'B'),
      anyEvent: fc.constant(true as const),
    });
    fc.assert(
      fc.property(fc.array(said, { minLength: 2, maxLength: 8 }), (all) => {
        const [seen, unseen] = [new Click(), new Click()];
        for (const [place, { isBrowser, anyEvent, ...one }] of all.entries()) {
          const told = one.status === 'reversed' ? { ...one, anyEvent } : one;
          const sent = seen.claimOf(told, place);
          seen.take(told, isBrowser ? reported(sent) : sent);
          if (!isBrowser) unseen.take(told, sent);
        }
        const spoken = seen.conversions.filter((row) => !isReportedOnly(row));
        const shown = (rows: readonly Conversion[]): ReadonlyMap<string, unknown> =>
          new Map(rows.map((row) => [row.conversionKey, stateOf(row)]));
        expect(shown(spoken)).toEqual(shown(unseen.conversions));
      }),
      runs(),
    );
  });
});

describe('what only browsers report', () => {
  test('is the first of the reports, pending and worth nothing, whatever order they arrive in', () => {
    fc.assert(
      fc.property(mixed, (all) => {
        const reports = all.map((one) => reported(one));
        const [first] = reports.toSorted(compare);
        const row = arrive(reports);
        expect(row?.history.map(({ requestId }) => requestId)).toEqual([first?.requestId]);
        expect(row?.status).toBe('pending');
        expect(payableOf(row)).toEqual({});
      }),
      runs(),
    );
  });

  const report = reported(claim({ payout: '5', home: 'USD' }, 'ignore', 1));
  const server = claim({ status: 'approved', amount: '50', currency: 'USD' }, 'ignore', 2);
  const { subject } = new Ledger('ignore', 'T1');

  test('a report that comes again writes nothing', () => {
    const row = arrive([report]);
    const again = reported(claim({ payout: '5' }, 'ignore', 60));
    for (const one of [report, again]) {
      expect(settleByKey(row, subject, one, true)).toMatchObject({ outcome: 'settled', writes: [] });
    }
  });

  test('a server approves it once: written over the report, and a retry of the server writes nothing', () => {
    const row = arrive([report], 'T1');
    expect([row?.status, row?.amount, row?.amountNamed]).toEqual(['pending', '5', false]);
    const settled = settleByKey(row, subject, server, true);
    expect(settled).toMatchObject({ reason: 'OK', confirms: true });
    const [written] = settled.outcome === 'settled' ? settled.writes : [];
    expect(written).toMatchObject({ status: 'approved', amount: amount('50'), currency: currency('USD'), version: 2 });
    expect(settleByKey(written, subject, server, true)).toMatchObject({ writes: [] });
    expect(settleByKey(written, subject, report, true)).toMatchObject({ reason: 'OK_DUPLICATE', writes: [] });
  });

  test('another integration that a server speaks for takes its place; one that a browser names does not', () => {
    const row = arrive([report], 'T1');
    const other = { ...subject, integration: 'other' };
    expect(settleByKey(row, other, server, true)).toMatchObject({ outcome: 'settled', confirms: true });
    expect(settleByKey(row, other, reported(server), true).outcome).toBe('other-integration');
    expect(settleByKey(row, subject, server, false).outcome).toBe('not-known');
  });
});
