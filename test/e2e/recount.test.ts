import { trackerIn, type Tracker } from '../cli/support/run-tracker';
import { synthesized } from './assembly';
import { clientOf, type Client } from './client';
import { eventually } from './eventually';
import { factsInsiderOf, type FactsInsider } from './facts-insider';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(180_000);

let stack: LocalStack;
let client: Client;
let insider: FactsInsider;
let tracker: Tracker;
let campaign: string;

const daySeconds = 86_400;

beforeAll(async () => {
  const assembly = await synthesized('dev');
  stack = await startLocalStack({ assembly });
  client = clientOf(stack);
  tracker = trackerIn({ TRACKER_URL: stack.url });
  campaign = await client.campaign();
  for (let index = 0; index < 5; index++) {
    const clickId = await client.click(campaign, `?source=news&sub1=${index}`);
    await client.postback({ clickid: clickId, amount: '12.50', txid: `T${index}` });
  }
  await eventually('all is counted', async () => (await report()) === counted);
  // The folder of the bucket is there once something is in it.
  insider = await factsInsiderOf(stack, assembly);
  await stack.moveClock(3 * daySeconds);
});
afterAll(() => stack.remove());

const counted = JSON.stringify({ clicks: 5, conversions: 5, revenue: { USD: '62.5' } });

async function report(): Promise<string> {
  const day = (ahead: number): string => new Date(Date.now() + ahead * daySeconds * 1000).toISOString().slice(0, 10);
  const query = new URLSearchParams({
    from: day(-1),
    to: day(1),
    filter: `campaign:${campaign}`,
    metrics: 'clicks,conversions,revenue',
  });
  const { body } = await client.admin('GET', `/reports?${query.toString()}`);
  return JSON.stringify(body['total']);
}

/** The commands run by the clock of this machine: the stack is three days ahead. */
const at = (days: number): string => new Date(Date.now() + days * daySeconds * 1000).toISOString();
const audited = ['--since', at(-1), '--until', at(0.5), '--pause', '0'];

test('an audit that finds drift repairs it once, by rows that are added and copies that go', async () => {
  await insider.forget('conversions');
  await insider.double('clicks');
  expect(await report()).toBe(JSON.stringify({ clicks: 10, conversions: 0, revenue: {} }));

  const found = await tracker('reports', 'audit', ...audited, '--json');
  expect(found.code).toBe(1);
  const dry = await tracker('reports', 'audit', ...audited, '--repair', '--dry-run', '--json');
  expect([dry.code, dry.json()]).toEqual([
    1,
    {
      changed: false,
      recount: expect.objectContaining({ clicksAdded: 0, copiesRemoved: 5, corrections: 5, young: 0 }),
    },
  ]);
  const unasked = await tracker('reports', 'audit', ...audited, '--repair');
  expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('--yes')]);
  expect(await report()).toBe(JSON.stringify({ clicks: 10, conversions: 0, revenue: {} }));

  const repaired = await tracker('reports', 'audit', ...audited, '--repair', '--yes', '--json');
  expect([repaired.stderr, repaired.code]).toEqual(['', 0]);
  expect(repaired.json()).toMatchObject({ changed: true, audit: { drift: [] } });
  expect(await report()).toBe(counted);

  const again = await tracker('reports', 'audit', ...audited, '--repair', '--yes');
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('0 drift')]);
  await stack.runSchedule('CompactionSchedule');
  expect(await report()).toBe(counted);
});

test('a stage that has counted nothing is rebuilt, and the rebuild changes nothing a second time', async () => {
  await insider.forget('clicks');
  await insider.forget('conversions');

  const rebuilt = await tracker('reports', 'rebuild', '--yes', '--json');
  expect([rebuilt.stderr, rebuilt.code]).toEqual(['', 0]);
  expect(rebuilt.json()).toMatchObject({
    changed: true,
    recount: { clicksAdded: 5, copiesRemoved: 0, corrections: 5 },
    audit: { drift: [] },
  });
  expect(await report()).toBe(counted);
  await stack.runSchedule('CompactionSchedule');
  expect(await report()).toBe(counted);

  const again = await tracker('reports', 'rebuild', '--yes');
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Nothing to correct')]);
});

test('what may still be counted is left alone, and said', async () => {
  const clickId = await client.click(campaign, '?sub1=young');
  const until = ['--since', at(2), '--until', at(4), '--pause', '0'];
  await eventually('the click is counted', async () => (await tracker('reports', 'audit', ...until)).code === 0);
  await insider.forget('clicks');

  const tried = await tracker('reports', 'audit', ...until, '--repair', '--yes');
  expect([tried.code, tried.stdout]).toEqual([1, expect.stringContaining('1 row written in the 25 hours before')]);
  expect(clickId).toMatch(/^\w{32}$/);
});
