import { synthesized } from './assembly';
import { clientOf, type Client } from './client';
import { eventually } from './eventually';
import { insiderOf, type Insider } from './insider';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(60_000);

/** The stage that costs money. One environment a function, so that what is warm is warm for every request. */
let stack: LocalStack;
let client: Client;
let insider: Insider;
let spring: string;

beforeAll(async () => {
  const assembly = await synthesized('prod');
  stack = await startLocalStack({ assembly, concurrency: 1 });
  client = clientOf(stack);
  insider = await insiderOf(stack, assembly);
  spring = await client.campaign();
  // Each function has read its secret and its configuration once.
  await client.postback({ clickid: await client.click(spring), amount: '1' });
  await client.postback({ clickid: await client.click(spring), amount: '1' }, `/postback/${spring}`);
});
afterAll(() => stack.remove());

interface Cost {
  readonly operations: readonly string[];
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** What requests cost at the wire, the work of the queue, of the streams and of the clock left out. */
async function costOf(requests: () => Promise<unknown>): Promise<Cost> {
  await stack.forgetOperations();
  await requests();
  const seen = (await stack.operations()).filter(
    ({ function: by }) => !/(?:Retry|Watchdog|Count|Compact|Dispatch|Deliver|unknown)$/.test(by),
  );
  return {
    operations: seen.map(({ operation, target, count }) => `${count} ${operation} ${target}`).sort(),
    readUnits: seen.reduce((sum, { readUnits }) => sum + readUnits, 0),
    writeUnits: seen.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
  };
}

test('a click is one write and no read', async () => {
  expect(await costOf(() => client.click(spring, '?source=news&sub1=a&sub2=b&external_id=1234567890'))).toEqual({
    operations: ['1 PutItem TablesClicks'],
    readUnits: 0,
    writeUnits: 1,
  });
});

test('a hundred clicks are a hundred writes and no read', async () => {
  const cost = await costOf(async () => {
    for (let click = 0; click < 100; click++) await client.click(spring);
  });

  expect(cost).toEqual({ operations: ['100 PutItem TablesClicks'], readUnits: 0, writeUnits: 100 });
});

test('a prefetch costs nothing', async () => {
  const prefetch = () => client.call(`/c/${spring}`, { headers: { 'sec-purpose': 'prefetch' } });

  expect(await costOf(prefetch)).toEqual({ operations: [], readUnits: 0, writeUnits: 0 });
});

test.each([
  ['without its integration in the path', () => '/postback'],
  ['with it', () => `/postback/${spring}`],
])('a postback that is recorded, %s, is one read and two writes', async (_what, path) => {
  const clickid = await client.click(spring);
  const fields = { clickid, amount: '12.50', status: 'approved', txid: 'order-1234567890' };

  expect(await costOf(() => client.postback(fields, path()))).toEqual({
    operations: ['1 GetItem TablesClicks', '1 PutItem TablesConversions', '1 PutItem TablesPostbackLog'],
    readUnits: 1,
    writeUnits: expect.any(Number),
  });
});

test('a postback that is recorded is billed one read unit, one write unit for the conversion and two for the log row at most', async () => {
  const clickid = await client.click(spring);
  const { readUnits, writeUnits } = await costOf(() =>
    client.postback({ clickid, amount: '12.50', status: 'approved' }),
  );

  expect(readUnits).toBe(1);
  expect(writeUnits).toBeLessThanOrEqual(3);
});

test('a duplicate is one read, one rejected write, and its log row twice: as it was guessed and as it is', async () => {
  const fields = { clickid: await client.click(spring), amount: '1', txid: 'A' };
  await client.postback(fields);

  expect((await costOf(() => client.postback(fields))).operations).toEqual([
    '1 GetItem TablesClicks',
    '1 PutItem TablesConversions',
    '2 PutItem TablesPostbackLog',
  ]);
});

test('a rejected postback is one read and its log row', async () => {
  const clickid = await client.click(spring);

  expect((await costOf(() => client.postback({ clickid, amount: 'x' }))).operations).toEqual([
    '1 GetItem TablesClicks',
    '1 PutItem TablesPostbackLog',
  ]);
});

test('a dry run reads the click and the conversion, and writes its log row', async () => {
  const clickid = await client.click(spring);

  expect((await costOf(() => client.postback({ clickid, amount: '1', dry_run: '1' }))).operations).toEqual([
    '1 GetItem TablesClicks',
    '1 GetItem TablesConversions',
    '1 PutItem TablesPostbackLog',
  ]);
});

test('a flood of forged click IDs reads nothing, and writes a sample of its rows', async () => {
  const cost = await costOf(async () => {
    for (let request = 0; request < 200; request++) {
      await client.postback(
        { clickid: '0'.repeat(32), amount: '1' },
        request % 2 === 0 ? '/postback' : `/postback/${spring}`,
      );
    }
  });

  const [log, ...others] = cost.operations;
  expect([others, cost.readUnits]).toEqual([[], 0]);
  // 30 a minute and environment; the minute may end meanwhile.
  expect(Number(/^(\d+) PutItem TablesPostbackLog$/.exec(log ?? '')?.[1])).toBeLessThanOrEqual(60);
});

test('a flood of wrong tokens reads nothing, and writes a sample of its rows', async () => {
  const guarded = await client.campaign({ integration: { auth: { token: 'required', hmac: 'off', ip: 'off' } } });
  const clickid = await client.click(guarded);
  const send = () => client.postback({ clickid, token: 'wrong' }, `/postback/${guarded}`);
  await send();

  const cost = await costOf(async () => {
    for (let request = 0; request < 100; request++) await send();
  });
  expect(cost.readUnits).toBe(0);
  expect(cost.operations).toEqual([expect.stringMatching(/ PutItem TablesPostbackLog$/)]);
  expect(cost.writeUnits).toBeLessThanOrEqual(120);
});

test('a postback whose click is not here is one read, one message, one log row', async () => {
  expect((await costOf(() => client.postback({ clickid: insider.mint() }))).operations).toEqual([
    '1 GetItem TablesClicks',
    '1 PutItem TablesPostbackLog',
    '1 SendMessage RetryPathRetryQueue',
  ]);
});

test('a batch of a hundred rows is ten messages a request, and one row of its own', async () => {
  const clickid = await client.click(spring);
  const rows = Array.from({ length: 100 }, (_, at) => ({ clickid, amount: '1', txid: `batch-${at}` }));
  const send = () => client.call(`/postbacks/${spring}`, { method: 'POST', body: JSON.stringify(rows) });

  expect((await costOf(send)).operations).toEqual([
    '1 PutItem TablesPostbackLog',
    '10 SendMessageBatch RetryPathRetryQueue',
  ]);
  await eventually('every row is recorded', async () => {
    const { items } = await client.admin('GET', `/conversions?clickId=${clickid}&limit=200`);
    return items.length === 100;
  });
});
