import { synthesized } from './assembly';
import { clientOf, type Client, type Json } from './client';
import { eventually } from './eventually';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(120_000);

let stack: LocalStack;
let client: Client;

beforeAll(async () => {
  stack = await startLocalStack({ assembly: await synthesized('dev') });
  client = clientOf(stack);
});
afterAll(() => stack.remove());

const day = 24 * 60 * 60 * 1000;
const dateOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** The rows of a report over the days around now, each as `group: numbers`. */
async function report(
  campaign: string,
  group: string,
): Promise<{ readonly rows: readonly string[]; readonly version: unknown }> {
  const query = new URLSearchParams({
    from: dateOf(Date.now() - day),
    to: dateOf(Date.now() + day),
    group,
    filter: `campaign:${campaign}`,
    metrics: 'clicks,conversions,reversed,revenue',
  });
  const { status, text, body } = await client.admin('GET', `/reports?${query.toString()}`);
  if (status !== 200) throw new Error(`a report answered ${status} ${text}`);
  const rows = Array.isArray(body['rows']) ? (body['rows'] as readonly Json[]) : [];
  return { rows: rows.map((row) => JSON.stringify(row)).sort(), version: body['version'] };
}

const row = (group: Json, clicks: number, conversions: number, reversed: number, revenue: Json): string =>
  JSON.stringify({ group, clicks, conversions, reversed, revenue });

test('clicks and conversions are in reports once, whatever happens to them and their objects', async () => {
  const campaign = await client.campaign();
  const first = await client.click(campaign, '?source=news&sub1=red');
  const second = await client.click(campaign, '?source=news&sub1=blue');
  await client.postback({ clickid: first, amount: '12.50', txid: 'A' });
  await client.postback({ clickid: first, amount: '12.50', txid: 'A' });
  await client.postback({ clickid: second, amount: '0.10', txid: 'B' });
  await client.postback({ clickid: second, amount: '0.20', txid: 'C' });
  const before = [row({ sub1: 'blue' }, 1, 2, 0, { USD: '0.3' }), row({ sub1: 'red' }, 1, 1, 0, { USD: '12.5' })];
  await eventually('everything is counted', async () => {
    const { rows } = await report(campaign, 'sub1');
    return JSON.stringify(rows) === JSON.stringify(before);
  });

  const { version } = await report(campaign, 'sub1');
  await stack.runSchedule('CompactionSchedule');
  const compacted = await report(campaign, 'sub1');
  expect(compacted.rows).toEqual(before);
  expect(compacted.version).not.toBe(version);

  await client.postback({ clickid: first, status: 'reversed', txid: 'A' });
  await eventually('the reversal is counted', async () => {
    const { rows } = await report(campaign, 'sub1');
    return rows.includes(row({ sub1: 'red' }, 1, 0, 1, {}));
  });

  // Its person is forgotten: the numbers stay, without what told of them.
  expect((await client.admin('DELETE', `/clicks/${second}`)).status).toBe(200);
  await eventually('the visitor is gone from reports', async () => {
    await stack.runSchedule('CompactionSchedule');
    const { rows } = await report(campaign, 'sub1');
    return !rows.some((one) => one.includes('blue'));
  });
  expect((await report(campaign, 'sub1')).rows).toEqual(
    [row({ sub1: 'red' }, 1, 0, 1, {}), row({ sub1: null }, 1, 2, 0, { USD: '0.3' })].sort(),
  );
  expect((await report(campaign, 'offer')).rows).toEqual([row({ offer: 'main' }, 2, 2, 1, { USD: '0.3' })]);
});
