import { synthesized } from './assembly';
import { clientOf, type Client } from './client';
import { eventually } from './eventually';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(180_000);

let stack: LocalStack;
let client: Client;
let ahead = 0;

beforeAll(async () => {
  stack = await startLocalStack({ assembly: await synthesized('dev') });
  client = clientOf(stack);
});
afterAll(() => stack.remove());

const daySeconds = 86_400;

async function moveClock(seconds: number): Promise<void> {
  await stack.moveClock(seconds);
  ahead += seconds;
}

/** The day of the stack's clock, which is ahead of ours. */
const today = (): string => new Date(Date.now() + ahead * 1000).toISOString().slice(0, 10);

/** The rows of a report over days, as texts. */
async function rowsOf(campaign: string, asked: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const query = new URLSearchParams({ filter: `campaign:${campaign}`, ...asked });
  const { status, text, body } = await client.admin('GET', `/reports?${query.toString()}`);
  if (status !== 200) throw new Error(`a report answered ${status} ${text}`);
  return Array.isArray(body['rows']) ? body['rows'].map((row) => JSON.stringify(row)) : [];
}

test('a click that waited in the queue for three days is counted on the day on which it was made', async () => {
  const campaign = await client.campaign();
  const made = today();
  await stack.break({ kind: 'throttle', table: 'TablesClicks' });
  await client.click(campaign, '?sub1=waited');
  await moveClock(3 * daySeconds);
  await stack.heal();
  await moveClock(4 * 3600);

  const asked = { from: made, to: today(), group: 'day,sub1', metrics: 'clicks' };
  const rows = await eventually('the click is counted', async () => {
    const found = await rowsOf(campaign, asked);
    return found.length > 0 && found;
  });
  expect(rows).toEqual([JSON.stringify({ group: { day: made, sub1: 'waited' }, clicks: 1 })]);
  expect(made < today()).toBe(true);
});

test('a conversion that is reversed 200 days after its click stays under the sub and the device of that click', async () => {
  const campaign = await client.campaign();
  const clicked = today();
  const clickId = await client.click(campaign, '?sub1=kw7');
  await client.postback({ clickid: clickId, amount: '12.50', txid: 'A' });
  const metrics = 'clicks,approved,reversed,revenue';
  const asked = { group: 'sub1,device', metrics };
  const first = { ...asked, from: clicked, to: clicked };
  const row = (clicks: number, approved: number, reversed: number, revenue: object): string =>
    JSON.stringify({ group: { sub1: 'kw7', device: 'desktop' }, clicks, approved, reversed, revenue });
  const sold = row(1, 1, 0, { USD: '12.5' });
  await eventually('the sale is counted', async () => (await rowsOf(campaign, first)).includes(sold));

  await moveClock(200 * daySeconds);
  const reversed = today();
  await client.postback({ clickid: clickId, status: 'reversed', txid: 'A' });
  await eventually('the reversal is counted', async () => (await rowsOf(campaign, first)).includes(row(1, 0, 1, {})));
  // As it was booked, the month of the sale stays as it was.
  expect(await rowsOf(campaign, { ...first, by: 'booked' })).toEqual([sold]);
  expect(await rowsOf(campaign, { ...asked, by: 'booked', from: reversed, to: today() })).toEqual([
    row(0, -1, 1, { USD: '-12.5' }),
  ]);
});
