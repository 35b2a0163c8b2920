/**
 * Clicks a campaign with a different `sub1` each, over HTTP: checks whether its report adds up, and the result of counting.
 *   npm run bench:values                                     (100,000 clicks on a separate local stack: some six minutes)
 *   npm run bench:values -- --clicks 5000 --url http://127.0.0.1:3000
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { synthesized } from '../../test/e2e/assembly';
import { startLocalStack } from '../../test/e2e/local-stack';
import { reportedClicks, type ReportedClicks } from './reported-clicks';
import { setUpTracker, type BenchTracker } from './tracker';

const shown = 20;
/** Counting gathers changes for a minute in the stage `prod`. */
const longestWaitMilliseconds = 300_000;
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      clicks: { type: 'string', default: '100000' },
      connections: { type: 'string', default: '8' },
      url: { type: 'string' },
    },
  });
  const [clicks, connections] = [Number(values.clicks), Number(values.connections)];
  if (values.url !== undefined) return prove(await setUpTracker(values.url), clicks, connections);
  const stack = await startLocalStack({ assembly: await synthesized('prod') });
  try {
    await prove(await setUpTracker(stack.url), clicks, connections);
  } finally {
    await stack.remove();
  }
}

async function prove(tracker: BenchTracker, clicks: number, connections: number): Promise<void> {
  const before = (await report(tracker.url)).total;
  const sentAt = performance.now();
  await send(tracker, clicks, connections);
  const seconds = (performance.now() - sentAt) / 1000;
  say(`${clicks} clicks, each with a value of its own: ${Math.round(clicks / seconds)} a second`);
  const waitedAt = performance.now();
  const { rows, others = 0, total, milliseconds } = await countedReport(tracker.url, before + clicks);
  say(`counted ${((performance.now() - waitedAt) / 1000).toFixed(1)} s after the last of them`);
  const first = rows.reduce((sum, row) => sum + row, 0);
  say(
    `report by sub1 in ${Math.round(milliseconds)} ms: ${first} clicks in the first ${rows.length}, ${others} in all others, ` +
      `${first + others} together, total ${total}`,
  );
  if (rows.length !== shown || first + others !== total)
    throw new Error('The rows of the report do not add up to its total.');
}

async function send(tracker: BenchTracker, amount: number, connections: number): Promise<void> {
  const stamp = Date.now().toString(36);
  let sent = 0;
  const result = await autocannon({
    url: tracker.url,
    connections,
    amount,
    requests: [
      {
        method: 'GET',
        headers: { 'user-agent': userAgent },
        setupRequest: (request) => ({ ...request, path: `/c/bench?source=mail&sub1=keyword-${stamp}-${(sent += 1)}` }),
      },
    ],
  });
  const redirected = result.statusCodeStats?.['302']?.count ?? 0;
  if (redirected !== amount) throw new Error(`${redirected} of ${amount} clicks were redirected.`);
}

async function countedReport(url: string, clicks: number): Promise<ReportedClicks> {
  const until = performance.now() + longestWaitMilliseconds;
  for (;;) {
    const found = await report(url);
    if (found.total >= clicks) return found;
    if (performance.now() > until) throw new Error(`${found.total} of ${clicks} clicks are counted.`);
    await delay(2000);
  }
}

function report(url: string): Promise<ReportedClicks> {
  return reportedClicks(url, { group: 'sub1', filter: 'campaign:bench', limit: `${shown}` });
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

void main();
