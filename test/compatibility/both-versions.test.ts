import { rmSync } from 'node:fs';
import { synthesized } from '../e2e/assembly';
import { clientOf, type Client, type Json } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { newDataFolder, startLocalStack, type LocalStack } from '../e2e/local-stack';
import { assemblyWith, type PinnedFunction } from './pinned-bundles';

jest.setTimeout(60_000);

/**
 * A release lets a tenth of the requests meet new code: for a quarter of an hour both versions work on the same tables and the same
 * queue, function by function. Here the functions of one stack are of two versions, on one folder of data, which is handed on: what old
 * code wrote is then changed by new code, and by old code again, as after a release that was turned back.
 */
const phases: readonly Phase[] = [
  { name: 'old code takes requests, new code finishes and shows them', old: ['Click', 'Postback'], handsOver: true },
  // What new code seals the version before cannot open: UPGRADING.md says how such a release is made.
  { name: 'new code takes requests, old code shows them', old: ['Retry', 'Admin'], handsOver: false },
  { name: 'old code again, on what new code left', old: ['Click', 'Postback'], handsOver: false },
];

interface Phase {
  readonly name: string;
  /** Functions that run the code of the version before. */
  readonly old: readonly PinnedFunction[];
  /** Whether the queue is tried, too: it takes the time that functions wait for a table in trouble. */
  readonly handsOver: boolean;
}

const dataFolder = newDataFolder();
afterAll(() => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 }));

/** What the phases before left: each is changed by each that follows. */
const recorded: string[] = [];
const clickedOnly: Array<{ readonly clickid: string }> = [];
const statuses = ['pending', 'approved', 'reversed'] as const;

describe.each(phases.map((phase, at) => ({ ...phase, at })))('$name', ({ old, handsOver, at }) => {
  let stack: LocalStack;
  let client: Client;
  let assembly: string;
  let campaign: string;

  beforeAll(async () => {
    assembly = assemblyWith(await synthesized('dev'), old);
    stack = await startLocalStack({ assembly, dataFolder, concurrency: 2 });
    client = clientOf(stack);
    campaign = await client.campaign();
  });
  afterAll(async () => {
    await stack.end();
    rmSync(assembly, { recursive: true, force: true });
  });

  const conversionsOf = (clickid: string, count = 1): Promise<readonly Json[]> =>
    eventually(`${count} conversions are stored`, async () => {
      const items = await client.conversions(clickid);
      return items.length >= count && items;
    });

  test('a click that one stores is found by the other, and its conversion and its row are shown', async () => {
    const clickid = await client.click(campaign, '?source=news&sub1=a');
    const { status, body } = await client.postback({ clickid, amount: '12.50', txid: 'A', status: statuses[0] });
    expect([status, body['result']]).toEqual([200, 'recorded']);
    expect(await client.conversions(clickid)).toMatchObject([
      { amount: '12.5', transactionId: 'A', status: 'pending' },
    ]);
    expect(await client.logRow(body['requestId'])).toMatchObject({ result: 'recorded', campaign, clickId: clickid });
    recorded.push(clickid);
    clickedOnly.push({ clickid: await client.click(campaign) });
  });

  test('what every phase before recorded is known again, and takes another status', async () => {
    expect(recorded).toHaveLength(at + 1);
    for (const [index, clickid] of recorded.slice(0, -1).entries()) {
      const status = statuses[at - index] ?? 'approved';
      const change = { clickid, amount: '12.50', txid: 'A', status };
      expect(await client.postback(change)).toMatchObject({ status: 200, body: { result: 'updated' } });
      expect(await client.postback(change)).toMatchObject({ status: 200, body: { result: 'duplicate' } });
      expect(await client.conversions(clickid)).toMatchObject([{ amount: '12.5', status, version: at - index + 1 }]);
    }
  });

  test('a click of the phase before, which nobody reported yet, is still matched', async () => {
    for (const { clickid } of clickedOnly.splice(0, at)) {
      expect(await client.postback({ clickid, amount: '3' })).toMatchObject({
        status: 200,
        body: { result: 'recorded' },
      });
    }
  });

  if (!handsOver) return;

  test('a click and a row of the log that one queues are stored by the other', async () => {
    const known = await client.click(campaign);
    await stack.break(
      { kind: 'throttle', table: 'TablesClicks', function: 'FunctionsClick' },
      { kind: 'throttle', table: 'TablesPostbackLog', function: 'FunctionsPostback' },
    );
    const [clickid, { body }] = await Promise.all([
      client.click(campaign),
      client.postback({ clickid: known, amount: '6' }),
    ]);
    await stack.heal();
    await client.postback({ clickid, amount: '4' });
    expect(await conversionsOf(clickid)).toMatchObject([{ amount: '4' }]);
    const row = await eventually('the row is there', async () => {
      const found = await client.logRow(body['requestId']);
      return found['result'] !== undefined && found;
    });
    expect(row).toMatchObject({ result: 'recorded', clickId: known });
  });

  test('a postback that one queues is finished by the other, with its row', async () => {
    const clickid = await client.click(campaign);
    await stack.break({ kind: 'throttle', table: 'TablesConversions', function: 'FunctionsPostback' });
    const { status, body } = await client.postback({ clickid, amount: '5', txid: 'Q' });
    expect([status, body['reason']]).toEqual([202, 'PENDING_RETRY']);
    expect(await conversionsOf(clickid)).toMatchObject([{ amount: '5', transactionId: 'Q' }]);
    await stack.heal();
    const row = await eventually('its row says so', async () => {
      const found = await client.logRow(body['requestId']);
      return found['result'] === 'recorded' && found;
    });
    expect(row).toMatchObject({ clickId: clickid, reason: 'OK' });
  });

  test('a batch that one takes is recorded row by row by the other', async () => {
    const clickid = await client.click(campaign);
    const rows = ['A', 'B', 'C'].map((txid) => ({ clickid, amount: '7', txid }));
    const { status } = await client.call(`/postbacks/${campaign}`, { method: 'POST', body: JSON.stringify(rows) });
    expect(status).toBe(202);
    const conversions = await conversionsOf(clickid, 3);
    expect(conversions.map(({ transactionId }) => transactionId).sort()).toEqual(['A', 'B', 'C']);
  });

  test('what one rejected is replayed by the other, from the sealed request', async () => {
    const own = await client.campaign();
    const clickid = await client.click(own);
    const refused = await client.postback({ clickid, amount: '8', status: 'glorious' });
    expect(refused).toMatchObject({ status: 400, body: { reason: 'STATUS_UNKNOWN' } });
    const { body: integration } = await client.admin('GET', `/integrations/${own}`);
    const mended = { ...integration, statuses: { glorious: 'approved' } };
    expect((await client.admin('PUT', `/integrations/${own}`, mended)).status).toBeLessThan(300);
    const replayed = await client.admin('POST', '/postbacks/replay', { filter: { clickId: clickid } });
    expect(replayed.status).toBe(200);
    expect(await client.conversions(clickid)).toMatchObject([{ amount: '8', status: 'approved' }]);
  });

  test('a message that one gives up on is shown by the other', async () => {
    await stack.enqueue('{"no":"message"}');
    const letters = await eventually('it is in the dead letter queue', async () => {
      const found = await stack.deadLetters();
      return found.length > 0 && found;
    });
    expect(letters.at(-1)?.attributes['reason']).toBeDefined();
    expect((await client.admin('GET', '/dead-letters')).status).toBe(200);
  });

  test('nothing is left in the queue', async () => {
    expect(await eventually('the queue is empty', async () => (await stack.queued()).retry === 0)).toBe(true);
  });
});
