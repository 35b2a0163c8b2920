import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { writeConversion } from '../../../lambdas/adapters/conversion-item';
import { conversionsTable, type ConversionsTable } from '../../../lambdas/adapters/conversions-table';
import { newConversion } from '../../../lambdas/domain/conversion/apply';
import { duplicateModes } from '../../../lambdas/domain/values/duplicate-mode';
import type { Claim } from '../../../lambdas/domain/request/claim';
import type { ConversionSubject } from '../../../lambdas/domain/conversion/conversion';
import type { Settlement } from '../../../lambdas/domain/conversion/settlement';
import { tableNames } from '../../storage/local-dynamodb';
import { amountOf, claimOf, subjectOf, newClickId, newRequestId, sumOf, sumOfDeltas } from './support/claims';
import { noHurry, startStorage, type Storage } from './support/storage';
import { atLength } from '../../support/at-length';

const table = tableNames.conversions;
// Many writers of one row in one process take their time on a busy machine.
jest.setTimeout(60_000);

let storage: Storage;
let conversions: ConversionsTable;

beforeAll(async () => {
  storage = await startStorage();
  conversions = conversionsTable(storage.client, table);
});
afterEach(() => {
  storage.proxy.heal();
  storage.proxy.forget();
});
afterAll(() => storage.stop());

/** As for a click that is there, in its window. */
const first = { mayCreate: true, amongClick: false };
const record = (subject: ConversionSubject, claim: Claim): Promise<Settlement> =>
  conversions.record(subject, claim, first, noHurry);
const stored = ({ clickId }: ConversionSubject) => storage.conversionsOf(clickId);

describe('a claim', () => {
  test('of a new key is recorded in one write and no read', async () => {
    const subject = subjectOf({ source: 'news' });
    const claim = claimOf({ text: '12.50' });

    const recorded = await record(subject, claim);

    expect(recorded).toMatchObject({ outcome: 'settled', reason: 'OK', conversion: { amount: '12.5', version: 1 } });
    expect(storage.proxy.calls()).toEqual([`PutItem ${table}`]);
    expect(await stored(subject)).toEqual([recorded.outcome === 'settled' && recorded.conversion]);
  });

  test('that is the retry of a known one costs one rejected write and no read', async () => {
    const subject = subjectOf();
    const claim = claimOf();
    await record(subject, claim);
    storage.proxy.forget();

    expect(await record(subject, { ...claim, requestId: newRequestId() })).toMatchObject({ reason: 'OK_DUPLICATE' });
    expect(storage.proxy.calls()).toEqual([`PutItem ${table}`]);
  });

  test('of a known key with another status costs one write more, and the history has both', async () => {
    const subject = subjectOf();
    await record(subject, claimOf({ status: 'pending' }));
    storage.proxy.forget();

    expect(await record(subject, claimOf({ status: 'approved' }))).toMatchObject({
      reason: 'OK_UPDATED',
    });
    expect(storage.proxy.calls()).toEqual([`PutItem ${table}`, `PutItem ${table}`]);
    expect(
      (await stored(subject)).map(({ version, history }) => [version, history.map(({ deltas }) => deltas)]),
    ).toEqual([[2, [{}, { USD: '1.1' }]]]);
  });

  test('that is only foreseen is answered alike and writes nothing', async () => {
    const subject = subjectOf();

    expect(await conversions.foresee(subject, claimOf(), first, noHurry)).toMatchObject({ reason: 'OK' });
    expect(await stored(subject)).toEqual([]);
    await record(subject, claimOf());
    expect(await conversions.foresee(subject, claimOf({ text: '2' }), first, noHurry)).toMatchObject({
      reason: 'CONFLICTING_DUPLICATE',
    });
    expect(sumOf(await stored(subject))).toBe('1.1');
  });

  test('marked as a test has a separate key: the real one is no duplicate of it', async () => {
    const subject = subjectOf();
    await record({ ...subject, test: true }, claimOf());

    expect(await record(subject, claimOf())).toMatchObject({ reason: 'OK' });
    expect((await stored(subject)).map(({ test: isTest }) => isTest).sort()).toEqual([false, true]);
  });

  test('that the table does not take throws: nothing is promised', async () => {
    storage.proxy.break({ fault: 'throttle' });

    await expect(record(subjectOf(), claimOf())).rejects.toThrow('the table is throttled');
  });

  test('is given up at the deadline where the table hangs', async () => {
    storage.proxy.break({ fault: 'hang' });

    await expect(conversions.record(subjectOf(), claimOf(), first, { remaining: () => 100 })).rejects.toThrow(
      'aborted',
    );
  });
});

describe('24 concurrent claims of one key', () => {
  const many = 24;

  /** Each as its handler and, where it loses too many races, the queue would try it: again, with the same claim. */
  async function recordAll(subject: ConversionSubject, claims: readonly Claim[]): Promise<readonly Settlement[]> {
    const crowded = conversionsTable(storage.direct, table);
    const persistently = async (claim: Claim): Promise<Settlement> => {
      for (let delivery = 1; delivery < 15; delivery++) {
        try {
          return await crowded.record(subject, claim, first, noHurry);
        } catch {
          // It waits in the queue and comes again.
        }
      }
      return crowded.record(subject, claim, first, noHurry);
    };
    const waiting = claims.toReversed();
    const recorded: Settlement[] = [];
    const writer = async (): Promise<void> => {
      for (let claim = waiting.pop(); claim !== undefined; claim = waiting.pop())
        recorded.push(await persistently(claim));
    };
    await Promise.all(Array.from({ length: claims.length }, writer));
    return recorded;
  }
  const expectations = {
    ignore: { rows: 1, flagged: 0, sum: '1.1', recorded: 1 },
    update: { rows: 1, flagged: 0, sum: '1.1', recorded: 1 },
    increment: { rows: 1, flagged: 0, sum: '26.4', recorded: 1 },
    separate: { rows: 24, flagged: 0, sum: '26.4', recorded: 24 },
    'separate-flagged': { rows: 24, flagged: 23, sum: '26.4', recorded: 24 },
    'ignore-by-transaction': { rows: 1, flagged: 0, sum: '1.1', recorded: 1 },
  } as const;

  test.each(duplicateModes)('in the mode %s leave exactly the right count and sum', async (mode) => {
    const subject = subjectOf();
    const now = Date.now();
    const claims = Array.from({ length: many }, (_, at) => claimOf({ mode, receivedAt: now + at }));

    const recorded = await recordAll(subject, claims);

    const rows = await stored(subject);
    expect({
      rows: rows.length,
      flagged: rows.filter(({ repeated }) => repeated).length,
      sum: sumOf(rows),
      recorded: recorded.filter((one) => one.outcome === 'settled' && one.reason === 'OK').length,
    }).toEqual(expectations[mode]);
    expect(sumOfDeltas(rows)).toBe(sumOf(rows));
  });

  test('without a transaction in the mode ignore-by-transaction count each', async () => {
    const { transactionId: _none, ...subject } = subjectOf();
    const claims = Array.from({ length: many }, () => claimOf({ mode: 'ignore-by-transaction' }));

    await recordAll(subject, claims);

    expect(sumOf(await stored(subject))).toBe('26.4');
  });

  test('with an amount each in the mode update leave the newest, whoever came last', async () => {
    const subject = subjectOf();
    const now = Date.now();
    const claims = Array.from({ length: many }, (_, at) =>
      claimOf({ mode: 'update', text: `${at + 1}`, receivedAt: now + at }),
    );

    await recordAll(subject, claims.toReversed());

    expect(sumOf(await stored(subject))).toBe('24');
  });

  test('that are one and the same request delivered 24 times count once in every mode', async () => {
    for (const mode of duplicateModes) {
      const subject = subjectOf();
      const claim = claimOf({ mode });
      const recorded = await recordAll(
        subject,
        Array.from({ length: many }, () => claim),
      );
      expect(recorded.every((one) => one.outcome === 'settled' && one.reason === 'OK')).toBe(true);
      expect([mode, sumOf(await stored(subject))]).toEqual([mode, '1.1']);
    }
  });
});

describe('a refund among the conversions of one click', () => {
  const among = { mayCreate: true, amongClick: true };
  const refund = (subject: ConversionSubject): Promise<Settlement> => {
    const { amount: _whole, ...claim } = claimOf({ status: 'reversed', reversal: 'partial', anyEvent: true });
    return conversions.record(subject, claim, among, noHurry);
  };

  test('finds its sale beyond the first page that the table answers', async () => {
    const clickId = newClickId();
    const long = 'of a very long transaction '.repeat(14);
    const transactionIds = Array.from({ length: 1000 }, (_, at) => `${String(at).padStart(4, '0')} ${long}`);
    const rows = transactionIds.map((transactionId) =>
      newConversion(subjectOf({ clickId, transactionId }), claimOf(), false),
    );
    for (let from = 0; from < rows.length; from += 25) {
      const requests = rows.slice(from, from + 25).map((row) => ({ PutRequest: { Item: writeConversion(row) } }));
      await storage.client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    }
    storage.proxy.forget();

    const subject = subjectOf({ clickId, event: 'conversion', transactionId: transactionIds.at(-1) ?? '' });
    expect(await refund(subject)).toMatchObject({ reason: 'OK_UPDATED', conversion: { event: 'sale', version: 2 } });
    expect(storage.proxy.calls()).toEqual([`Query ${table}`, `Query ${table}`, `PutItem ${table}`]);
  });

  test('that goes over to a sale which came later leaves the other one in the same transaction', async () => {
    const clickId = newClickId();
    const of = (transactionId: string): ConversionSubject => subjectOf({ clickId, transactionId });
    await record(of('A'), claimOf({ text: '50' }));
    await refund(of('B'));
    expect(sumOf(await stored(of('A')))).toBe('0');

    await conversions.record(of('B'), claimOf({ text: '60' }), among, noHurry);

    const rows = await stored(of('A'));
    expect(rows.map(({ conversionKey, status }) => [conversionKey, status])).toEqual([
      ['sale#A', 'approved'],
      ['sale#B', 'reversed'],
    ]);
    expect([sumOf(rows), sumOfDeltas(rows)]).toEqual(['50', '50']);
    expect(storage.proxy.calls().at(-1)).toBe(`TransactWriteItems ${table}`);
  });

  test('is met by a sale, however many rows waited for that', async () => {
    const clickId = newClickId();
    for (let refunds = 0; refunds < 101; refunds++) await refund(subjectOf({ clickId, transactionId: `R${refunds}` }));
    storage.proxy.forget();

    const sale = subjectOf({ clickId, transactionId: 'A' });
    const settled = await conversions.record(sale, claimOf({ text: '50' }), among, noHurry);

    expect(settled).toMatchObject({ reason: 'OK', conversion: { status: 'reversed', amount: '50' } });
    const rows = await stored(sale);
    expect(rows.filter(({ metBy }) => metBy === 'sale#A')).toHaveLength(101);
    expect(storage.proxy.calls().filter((call) => call.startsWith('TransactWriteItems'))).toHaveLength(2);
  });

  test('that goes over to a repeat which has its amount leaves the row of the key in the same transaction', async () => {
    const subject = subjectOf();
    const refunded = claimOf({ status: 'reversed', reversal: 'partial', mode: 'separate', text: '20' });
    await record(subject, claimOf({ mode: 'separate', text: '10' }));
    await conversions.record(subject, refunded, among, noHurry);
    expect((await stored(subject)).map(({ history }) => history.map(({ seeks }) => seeks))).toEqual([
      [undefined, 'row'],
    ]);

    await conversions.record(subject, claimOf({ mode: 'separate', text: '20' }), among, noHurry);

    const rows = await stored(subject);
    expect(rows.map(({ status, amount }) => [status, amount]).toSorted()).toEqual([
      ['approved', '10'],
      ['reversed', '20'],
    ]);
    expect([sumOf(rows), sumOfDeltas(rows)]).toEqual(['10', '10']);
    expect(storage.proxy.calls().at(-1)).toBe(`TransactWriteItems ${table}`);
  });
});

describe('a write that is done and whose answer is lost', () => {
  const lose = (operation: string, times: number): void =>
    storage.proxy.break({ fault: 'lose-answer', operation, times });

  test('comes back as recorded, not as a duplicate', async () => {
    const subject = subjectOf();
    lose('PutItem', 1);

    expect(await record(subject, claimOf())).toMatchObject({ reason: 'OK', conversion: { version: 1 } });
    expect(storage.proxy.calls()).toHaveLength(2);
    expect(sumOf(await stored(subject))).toBe('1.1');
  });

  test('comes back as recorded also after both attempts failed and the queue brought it again', async () => {
    const subject = subjectOf();
    const claim = claimOf();
    lose('PutItem', 2);

    await expect(record(subject, claim)).rejects.toThrow('socket hang up');
    expect(await record(subject, claim)).toMatchObject({ reason: 'OK' });
    expect(sumOf(await stored(subject))).toBe('1.1');
  });

  test('of another request is a duplicate: it is the request ID that is recognized', async () => {
    const subject = subjectOf();
    const claim = claimOf();
    lose('PutItem', 2);

    await expect(record(subject, claim)).rejects.toThrow('socket hang up');
    expect(await record(subject, { ...claim, requestId: newRequestId() })).toMatchObject({ reason: 'OK_DUPLICATE' });
  });

  test('comes back as updated where it was an update, and counts once', async () => {
    const subject = subjectOf();
    await record(subject, claimOf({ mode: 'increment' }));
    const claim = claimOf({ mode: 'increment', text: '2' });
    // The first PutItem is the one that finds the key taken; the second is the update.
    storage.proxy.break({ fault: 'lose-answer', operation: 'PutItem', after: 1, times: 1 });

    expect(await record(subject, claim)).toMatchObject({ reason: 'OK_UPDATED', conversion: { version: 2 } });
    expect(sumOf(await stored(subject))).toBe('3.1');
  });

  test('comes back as recorded where it was a repeat that counts apart', async () => {
    const subject = subjectOf();
    await record(subject, claimOf({ mode: 'separate' }));
    lose('TransactWriteItems', 1);

    expect(await record(subject, claimOf({ mode: 'separate' }))).toMatchObject({ reason: 'OK' });
    expect(sumOf(await stored(subject))).toBe('2.2');
  });

  test('of a repeat that counts apart is recognized by the queue, also after another repeat came between', async () => {
    const subject = subjectOf();
    await record(subject, claimOf({ mode: 'separate' }));
    const claim = claimOf({ mode: 'separate' });
    lose('TransactWriteItems', 2);

    await expect(record(subject, claim)).rejects.toThrow('socket hang up');
    await record(subject, claimOf({ mode: 'separate' }));
    expect(await record(subject, claim)).toMatchObject({ reason: 'OK', conversion: { amount: '1.1' } });
    expect(sumOf(await stored(subject))).toBe('3.3');
  });
});

describe('what is stored', () => {
  test('is a decimal, exact to the last digit', async () => {
    const digits = (most: number) =>
      fc.string({
        unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
        minLength: 1,
        maxLength: most,
      });
    await fc.assert(
      fc.asyncProperty(digits(12), digits(6), fc.boolean(), async (whole, fraction, negative) => {
        const text = `${negative ? '-' : ''}${whole}.${fraction}`;
        const subject = subjectOf();
        await record(subject, claimOf({ text }));

        const [item] = await storage.conversionItemsOf(subject.clickId);
        expect(amountOf(item?.['amount']?.N ?? '')).toBe(amountOf(text));
        expect((await stored(subject)).map(({ amount }) => amount)).toEqual([amountOf(text)]);
      }),
      { numRuns: atLength(16, 8) },
    );
  });

  test('keeps two events and two transactions of one click apart', async () => {
    const clickId = newClickId();
    for (const [event, transactionId] of [
      ['sale', 'A'],
      ['sale', 'B'],
      ['lead', 'A'],
      ['sale', 'a#b'],
    ] as const) {
      expect(await record(subjectOf({ clickId, event, transactionId }), claimOf())).toMatchObject({ reason: 'OK' });
    }
    expect((await stored(subjectOf({ clickId }))).map(({ conversionKey }) => conversionKey).sort()).toEqual([
      'lead#A',
      'sale#A',
      'sale#B',
      'sale#a#b',
    ]);
  });
});

test('the integration that recorded a click is the one that a server spoke for, whatever browsers reported before', async () => {
  const subject = subjectOf({ event: 'sale' });
  const { clickId } = subject;
  const report: Claim = { ...claimOf(), browser: true };
  expect(await conversions.integrationOf(clickId, noHurry)).toBeUndefined();
  await record({ ...subject, event: 'a-lead', integration: 'other' }, report);
  expect(await conversions.integrationOf(clickId, noHurry)).toBe('other');
  await record(subject, claimOf());
  expect(await conversions.integrationOf(clickId, noHurry)).toBe(subject.integration);
});
