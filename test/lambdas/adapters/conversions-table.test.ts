import * as fc from 'fast-check';
import { conversionsTable, type ConversionsTable, type Recorded } from '../../../lambdas/adapters/conversions-table';
import { duplicateModes } from '../../../lambdas/domain/conversion/duplicate-mode';
import { historyLimit, type Claim } from '../../../lambdas/domain/conversion/history';
import type { ConversionDraft } from '../../../lambdas/adapters/conversions-table';
import { tableNames } from '../../storage/local-dynamodb';
import { amountOf, claimOf, draftOf, newClickId, newRequestId, sumOf, sumOfDeltas } from './support/claims';
import { noHurry, startStorage, type Storage } from './support/storage';

const table = tableNames.conversions;
// 64 writers of one row in one process take their time on a busy machine.
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

const record = (draft: ConversionDraft, claim: Claim): Promise<Recorded> => conversions.record(draft, claim, noHurry);
const stored = ({ clickId }: ConversionDraft) => storage.conversionsOf(clickId);

describe('a claim', () => {
  test('of a new key is recorded in one write and no read', async () => {
    const draft = draftOf({ source: 'news' });
    const claim = claimOf({ text: '12.50' });

    const recorded = await record(draft, claim);

    expect(recorded).toMatchObject({ reason: 'OK', historyFull: false, conversion: { amount: '12.5', version: 1 } });
    expect(storage.proxy.calls()).toEqual([`PutItem ${table}`]);
    expect(await stored(draft)).toEqual([recorded.conversion]);
  });

  test('of a known key costs one refused write and no read', async () => {
    const draft = draftOf();
    await record(draft, claimOf());
    storage.proxy.forget();

    expect(await record(draft, claimOf())).toMatchObject({ reason: 'OK_DUPLICATE' });
    expect(storage.proxy.calls()).toEqual([`PutItem ${table}`]);
  });

  test('of a known key with another status costs one write more, and the history tells both', async () => {
    const draft = draftOf();
    await record(draft, claimOf({ status: 'pending' }));
    storage.proxy.forget();

    expect(await record(draft, claimOf({ status: 'approved' }))).toMatchObject({
      reason: 'OK_UPDATED',
      statusChanged: true,
    });
    expect(storage.proxy.calls()).toEqual([`PutItem ${table}`, `PutItem ${table}`]);
    expect((await stored(draft)).map(({ version, history }) => [version, history.map(({ delta }) => delta)])).toEqual([
      [2, ['0', '1.1']],
    ]);
  });

  test('that is only foreseen is answered alike and writes nothing', async () => {
    const draft = draftOf();

    expect(await conversions.foresee(draft, claimOf(), noHurry)).toMatchObject({ reason: 'OK' });
    expect(await stored(draft)).toEqual([]);
    await record(draft, claimOf());
    expect(await conversions.foresee(draft, claimOf({ text: '2' }), noHurry)).toMatchObject({
      reason: 'CONFLICTING_DUPLICATE',
    });
    expect(sumOf(await stored(draft))).toBe('1.1');
  });

  test('marked as a test has a key of its own: the real one is no duplicate of it', async () => {
    const draft = draftOf();
    await record({ ...draft, test: true }, claimOf());

    expect(await record(draft, claimOf())).toMatchObject({ reason: 'OK' });
    expect((await stored(draft)).map(({ test: isTest }) => isTest).sort()).toEqual([false, true]);
  });

  test('that the table does not take throws: nothing is promised', async () => {
    storage.proxy.break({ fault: 'throttle' });

    await expect(record(draftOf(), claimOf())).rejects.toThrow('the table is throttled');
  });

  test('is given up at the deadline where the table hangs', async () => {
    storage.proxy.break({ fault: 'hang' });

    await expect(conversions.record(draftOf(), claimOf(), { remaining: () => 100 })).rejects.toThrow('aborted');
  });
});

describe('64 claims of one key at once', () => {
  const many = 64;

  /** Each as its handler and, where it loses too many races, the queue would try it: again, with the same claim. */
  async function recordAll(
    draft: ConversionDraft,
    claims: readonly Claim[],
    writers = claims.length,
  ): Promise<readonly Recorded[]> {
    const crowded = conversionsTable(storage.direct, table);
    const persistently = async (claim: Claim): Promise<Recorded> => {
      for (let delivery = 1; delivery < 15; delivery++) {
        try {
          return await crowded.record(draft, claim, noHurry);
        } catch {
          // It waits in the queue and comes again.
        }
      }
      return crowded.record(draft, claim, noHurry);
    };
    const waiting = claims.toReversed();
    const recorded: Recorded[] = [];
    const writer = async (): Promise<void> => {
      for (let claim = waiting.pop(); claim !== undefined; claim = waiting.pop())
        recorded.push(await persistently(claim));
    };
    await Promise.all(Array.from({ length: writers }, writer));
    return recorded;
  }
  const expectations = {
    ignore: { rows: 1, flagged: 0, sum: '1.1', recorded: 1 },
    update: { rows: 1, flagged: 0, sum: '1.1', recorded: 1 },
    increment: { rows: 1, flagged: 0, sum: '70.4', recorded: 1 },
    separate: { rows: 64, flagged: 0, sum: '70.4', recorded: 64 },
    'separate-flagged': { rows: 64, flagged: 63, sum: '70.4', recorded: 64 },
    'ignore-by-transaction': { rows: 1, flagged: 0, sum: '1.1', recorded: 1 },
  } as const;

  test.each(duplicateModes)('in the mode %s leave exactly the right count and sum', async (mode) => {
    const draft = draftOf();
    const now = Date.now();
    const claims = Array.from({ length: many }, (_, at) => claimOf({ mode, receivedAt: now + at }));

    // Each reads and writes the whole history there: 64 of them in one process would measure the process.
    const recorded = await recordAll(draft, claims, mode === 'increment' ? 16 : many);

    const rows = await stored(draft);
    expect({
      rows: rows.length,
      flagged: rows.filter(({ repeated }) => repeated).length,
      sum: sumOf(rows),
      recorded: recorded.filter(({ reason }) => reason === 'OK').length,
    }).toEqual(expectations[mode]);
    expect(sumOfDeltas(rows)).toBe(sumOf(rows));
  });

  test('without a transaction in the mode ignore-by-transaction count each', async () => {
    const { transactionId: _none, ...draft } = draftOf();
    const claims = Array.from({ length: many }, () => claimOf({ mode: 'ignore-by-transaction' }));

    await recordAll(draft, claims);

    expect(sumOf(await stored(draft))).toBe('70.4');
  });

  test('with an amount each in the mode update leave the newest, whoever came last', async () => {
    const draft = draftOf();
    const now = Date.now();
    const claims = Array.from({ length: many }, (_, at) =>
      claimOf({ mode: 'update', text: `${at + 1}`, receivedAt: now + at }),
    );

    await recordAll(draft, claims.toReversed());

    expect(sumOf(await stored(draft))).toBe('64');
  });

  test('that are one and the same request delivered 64 times count once in every mode', async () => {
    for (const mode of duplicateModes) {
      const draft = draftOf();
      const claim = claimOf({ mode });
      const recorded = await recordAll(
        draft,
        Array.from({ length: many }, () => claim),
      );
      expect(recorded.every(({ reason }) => reason === 'OK')).toBe(true);
      expect([mode, sumOf(await stored(draft))]).toEqual([mode, '1.1']);
    }
  });
});

describe('a write that is done and whose answer is lost', () => {
  const lose = (operation: string, times: number): void =>
    storage.proxy.break({ fault: 'lose-answer', operation, times });

  test('comes back as recorded, not as a duplicate', async () => {
    const draft = draftOf();
    lose('PutItem', 1);

    expect(await record(draft, claimOf())).toMatchObject({ reason: 'OK', conversion: { version: 1 } });
    expect(storage.proxy.calls()).toHaveLength(2);
    expect(sumOf(await stored(draft))).toBe('1.1');
  });

  test('comes back as recorded also after both attempts failed and the queue brought it again', async () => {
    const draft = draftOf();
    const claim = claimOf();
    lose('PutItem', 2);

    await expect(record(draft, claim)).rejects.toThrow('socket hang up');
    expect(await record(draft, claim)).toMatchObject({ reason: 'OK' });
    expect(sumOf(await stored(draft))).toBe('1.1');
  });

  test('of another request is a duplicate: it is the request ID that is recognized', async () => {
    const draft = draftOf();
    const claim = claimOf();
    lose('PutItem', 2);

    await expect(record(draft, claim)).rejects.toThrow('socket hang up');
    expect(await record(draft, { ...claim, requestId: newRequestId() })).toMatchObject({ reason: 'OK_DUPLICATE' });
  });

  test('comes back as updated where it was an update, and counts once', async () => {
    const draft = draftOf();
    await record(draft, claimOf({ mode: 'increment' }));
    const claim = claimOf({ mode: 'increment', text: '2' });
    // The first PutItem is the one that finds the key taken; the second is the update.
    storage.proxy.break({ fault: 'lose-answer', operation: 'PutItem', after: 1, times: 1 });

    expect(await record(draft, claim)).toMatchObject({ reason: 'OK_UPDATED', conversion: { version: 2 } });
    expect(sumOf(await stored(draft))).toBe('3.1');
  });

  test('comes back as recorded where it was a repeat that counts apart', async () => {
    const draft = draftOf();
    await record(draft, claimOf({ mode: 'separate' }));
    lose('TransactWriteItems', 1);

    expect(await record(draft, claimOf({ mode: 'separate' }))).toMatchObject({ reason: 'OK' });
    expect(sumOf(await stored(draft))).toBe('2.2');
  });

  test('of a repeat that counts apart is recognized by the queue, also after another repeat came between', async () => {
    const draft = draftOf();
    await record(draft, claimOf({ mode: 'separate' }));
    const claim = claimOf({ mode: 'separate' });
    lose('TransactWriteItems', 2);

    await expect(record(draft, claim)).rejects.toThrow('socket hang up');
    await record(draft, claimOf({ mode: 'separate' }));
    expect(await record(draft, claim)).toMatchObject({ reason: 'OK', conversion: { amount: '1.1' } });
    expect(sumOf(await stored(draft))).toBe('3.3');
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
        const draft = draftOf();
        await record(draft, claimOf({ text }));

        const [item] = await storage.conversionItemsOf(draft.clickId);
        expect(amountOf(item?.['amount']?.N ?? '')).toBe(amountOf(text));
        expect((await stored(draft)).map(({ amount }) => amount)).toEqual([amountOf(text)]);
      }),
      { numRuns: 25 },
    );
  });

  test('keeps a history of 64 changes; a further one is refused aloud and changes nothing', async () => {
    const draft = draftOf();
    for (let change = 0; change < historyLimit; change++) await record(draft, claimOf({ mode: 'increment' }));
    const before = await stored(draft);

    expect(await record(draft, claimOf({ mode: 'increment' }))).toMatchObject({
      reason: 'TRANSITION_REFUSED',
      historyFull: true,
    });
    expect(await stored(draft)).toEqual(before);
    expect(sumOf(before)).toBe('70.4');
    expect(JSON.stringify(before).length).toBeLessThan(400 * 1024);
  });

  test('keeps two events and two transactions of one click apart', async () => {
    const clickId = newClickId();
    for (const [event, transactionId] of [
      ['sale', 'A'],
      ['sale', 'B'],
      ['lead', 'A'],
      ['sale', 'a#b'],
    ] as const) {
      expect(await record(draftOf({ clickId, event, transactionId }), claimOf())).toMatchObject({ reason: 'OK' });
    }
    expect((await stored(draftOf({ clickId }))).map(({ conversionKey }) => conversionKey).sort()).toEqual([
      'lead#A',
      'sale#A',
      'sale#B',
      'sale#a#b',
    ]);
  });
});
