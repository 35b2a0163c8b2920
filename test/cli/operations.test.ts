import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { synthesized } from '../e2e/assembly';
import { clientOf, open, type Client, type Json } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { trackerIn, type Tracker } from './support/run-tracker';

jest.setTimeout(60_000);

let stack: LocalStack;
let client: Client;
let tracker: Tracker;
let folder: string;
/** Takes any sender. */
let spring: string;

beforeAll(async () => {
  stack = await startLocalStack({ assembly: await synthesized('dev'), concurrency: 1 });
  client = clientOf(stack);
  tracker = trackerIn({ TRACKER_URL: stack.url });
  folder = mkdtempSync(join(tmpdir(), 'tracker-cli-'));
  spring = await client.campaign();
});
afterAll(async () => {
  await stack.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A file in a folder of this test's own. */
function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const guarded = { integration: { auth: { ...open, token: 'required' } } };

async function tokenOf(integration: string): Promise<string> {
  return String((await client.admin('POST', `/integrations/${integration}/credentials`)).body['token']);
}

describe('an upload', () => {
  const columns = ['--map', 'Click=clickId', '--map', 'Order ID=transactionId'];

  test('tries every row, sends it, keeps what was rejected, and counts nothing twice', async () => {
    const campaign = await client.campaign(guarded);
    const token = await tokenOf(campaign);
    const clickid = await client.click(campaign);
    const rows = Array.from({ length: 12 }, (_, at) => `${clickid},${at},${at === 7 ? 'x' : '1.5'}`);
    const file = written('orders.csv', `Click,Order ID,amount\n${rows.join('\n')}\n`);
    const given = ['upload', file, '--integration', campaign, ...columns, '--json'];

    const tried = await tracker(...given, '--dry-run');
    expect(tried.json()).toMatchObject({ sent: 12, reasons: { OK: 11, AMOUNT_INVALID: 1 }, dryRun: true });
    expect(await client.conversions(clickid)).toEqual([]);

    const sent = await tracker(...given);
    expect(sent).toMatchObject({ code: 1, stderr: '' });
    expect(sent.json()).toMatchObject({ sent: 12, waiting: 0, reasons: { OK: 11, AMOUNT_INVALID: 1 }, refused: 1 });
    expect(sent.stdout).not.toContain(token);
    const refused: Json[] = parse(readFileSync(join(folder, 'orders.refused.csv'), 'utf8'), { columns: true });
    expect(refused).toMatchObject([
      { 'Order ID': '7', amount: 'x', reason: 'AMOUNT_INVALID', message: expect.any(String) },
    ]);

    const again = await tracker(...given);
    expect(again.json()).toMatchObject({ reasons: { OK_DUPLICATE: 11, AMOUNT_INVALID: 1 } });
    expect(await client.conversions(clickid)).toHaveLength(11);
  });

  test('that does not wait reports where its verdicts will be', async () => {
    const row = JSON.stringify({ clickid: await client.click(spring), amount: 2, txid: 'late' });
    const { code, stdout, stderr } = await tracker(
      'upload',
      written('late.ndjson', row),
      '--integration',
      spring,
      '--no-wait',
    );

    expect(code).toBe(0);
    expect(stdout).toMatch(/tracker postbacks search --batch \w{24}/);
    expect(stderr).toContain('may be uploaded again');
  });

  test('without a column for the click ID sends nothing', async () => {
    const file = written('wrong.csv', 'Click,amount\nx,1\n');

    expect(await tracker('upload', file, '--integration', spring)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--map "COLUMN=clickId"'),
    });
    expect(await tracker('upload', file, '--integration', 'nobody')).toMatchObject({ code: 3 });
    expect(await tracker('upload', 'missing.csv', '--integration', spring)).toMatchObject({ code: 2 });
  });
});

describe('the doctor', () => {
  test('finds a sound tracker sound, and says what it leaves behind', async () => {
    const campaign = await client.campaign(guarded);
    const { code, stdout, stderr } = await tracker('doctor', '--campaign', campaign);

    expect([code, stdout]).toEqual([0, expect.not.stringContaining('✗')]);
    for (const line of [
      'a repetition counts once',
      'forged click ID is rejected: CLICK_ID_FORGED',
      'wrong token is rejected: AUTH_INVALID',
    ]) {
      expect(stdout).toMatch(new RegExp(`^✓ .*${line}`, 'm'));
    }
    expect(stdout).not.toContain(await tokenOf(campaign));
    const [, left = ''] = /tracker click erase (\w{32})/.exec(stderr) ?? [];
    expect(await client.conversions(left)).toMatchObject([{ test: true }]);
  });

  test('names a fault, what it breaks, and how to fix it', async () => {
    await stack.break({ kind: 'throttle', table: 'TablesConversions', function: 'FunctionsPostback' });
    const { code, stdout } = await tracker('doctor', '--campaign', spring, '--json');
    await stack.heal();

    expect(code).toBe(1);
    const { checks } = JSON.parse(stdout) as { checks: Json[] };
    expect(checks.filter(({ outcome }) => outcome === 'wrong')).toMatchObject([
      { name: 'a test postback is recorded', detail: expect.stringContaining('PENDING_RETRY'), fix: 'tracker status' },
      { name: 'no fault is injected', fix: expect.stringContaining('/_local/faults') },
    ]);
  });

  test('says so where nothing answers', async () => {
    const { code, stdout } = await tracker('doctor', '--local', '1');

    expect([code, stdout]).toEqual([1, expect.stringMatching(/^✗ the tracker answers: Nothing answers/)]);
  });
});

describe('the status', () => {
  test('is bad, and says why and what to type, while a fault lasts', async () => {
    const clickid = await client.click(spring);
    await stack.break({ kind: 'throttle', table: 'TablesConversions' });
    await client.postback({ clickid, amount: '1', txid: 'queued' });

    const people = await tracker('status');
    const { queues, faults } = (await tracker('status', '--json')).json() as Json;
    await stack.heal();

    expect(people.code).toBe(1);
    expect(people.stdout).toMatch(
      /^✗ Storage rejects writes: \d+ postbacks? queued since \d\d:\d\d, last at \d\d:\d\d UTC\. The retry queue holds \d+\.$/m,
    );
    expect(people.stdout).toMatch(
      /next: tracker postbacks search --result queued[^]*Faults are injected: throttle on TablesConversions/,
    );
    expect(queues).toMatchObject({ dead: 0 });
    expect(faults).toHaveLength(1);
  });

  test('names a function that crashes, since when, and its section of the runbook; the doctor does not blame the address', async () => {
    const clickid = await client.click(spring);
    await stack.break({ kind: 'kill', service: 'dynamodb', function: 'FunctionsPostback' });
    await client.postback({ clickid, amount: '1', txid: 'crashed' });

    const { troubles } = (await tracker('status', '--json')).json() as Json;
    const { checks } = (await tracker('doctor', '--campaign', spring, '--json')).json() as { checks: Json[] };
    await stack.heal();

    expect(troubles).toContainEqual({
      urgency: 'now',
      sentence: expect.stringMatching(/^The function Postback is failing: \d+ errors? since .* UTC\.$/),
      runbook: 'docs/runbook.md#postbacks-failing',
    });
    expect(checks.find(({ outcome }) => outcome === 'wrong')).toMatchObject({
      name: 'a test postback is recorded',
      fix: expect.stringContaining('docs/runbook.md#postbacks-failing'),
    });
  });

  test('of what is no local tracker is not guessed', async () => {
    expect(await tracker('status', '--local', '1')).toMatchObject({ code: 5, stdout: '' });
  });
});

describe('dead letters', () => {
  test('are counted and retried; an unfixed one returns and is reported', async () => {
    await stack.enqueue('{"kind":"poison"}');
    await eventually('it is dead', async () => (await stack.queued()).dead === 1);

    const tried = await tracker('dead-letters', 'redrive', '--dry-run', '--json');
    const moved = await tracker('dead-letters', 'redrive', '--yes');

    expect(tried.json()).toEqual({ dryRun: true, found: 1, more: false, reasons: { MESSAGE_UNREADABLE: 1 } });
    expect(moved).toMatchObject({ code: 1, stdout: expect.stringContaining('the cause is not fixed') });
    expect(await tracker('dead-letters', 'redrive', '--kind', 'letter')).toMatchObject({ code: 2 });
  });
});
