import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { closedEnvironment } from '../../prove/closed-environment';
import { node, synthesized } from '../e2e/assembly';
import { clientOf, open, type Client, type Json } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { program, trackerIn, type Tracker } from './support/run-tracker';

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

const idOf = (body: Json): string => String(body['requestId']);
type Wrong = readonly [code: number, given: readonly string[], sentence: string];

/** What wrong commands end with, all run at once: their code, no answer, and why. */
const endingsOf = (commands: readonly Wrong[]) =>
  Promise.all(
    commands.map(async ([, given]) => {
      const { code, stdout, stderr } = await tracker(...given);
      return [given, code, stdout, stderr];
    }),
  );
const expectedOf = ([code, given, sentence]: Wrong) => [given, code, '', expect.stringContaining(sentence)];

const guarded = { integration: { auth: { ...open, token: 'required' } } };

async function tokenOf(integration: string): Promise<string> {
  return String((await client.admin('POST', `/integrations/${integration}/credentials`)).body['token']);
}

describe('postbacks', () => {
  test('are searched by what they are, page by page, and the number of pages makes no difference', async () => {
    const campaign = await client.campaign();
    const clickid = await client.click(campaign);
    for (const txid of ['A', 'B', 'C']) await client.postback({ clickid, txid, amount: '1' });
    await client.postback({ clickid, amount: 'x' });

    const [refused, some, all] = await Promise.all([
      tracker('postbacks', 'search', '--integration', campaign, '--result', 'rejected', '--since', '1h'),
      tracker('postbacks', 'search', '--integration', campaign, '--limit', '2', '--json'),
      tracker('postbacks', 'search', '--campaign', campaign, '--click', clickid, '--since', '1h', '--all', '--json'),
    ]);

    expect(refused.stdout).toMatch(/^RECEIVED[^\n]*\n[^\n]* AMOUNT_INVALID [^\n]*$/m);
    expect(refused).toMatchObject({ code: 0, stderr: expect.stringContaining('1 postback since') });
    expect(some.json()).toMatchObject([{ reason: 'AMOUNT_INVALID' }, { reason: 'OK' }]);
    expect(all.json()).toHaveLength(4);
  });

  test('of a batch are searched with the number of rows that are judged', async () => {
    const campaign = await client.campaign();
    const clickid = await client.click(campaign);
    const rows = ['A', 'B'].map((txid) => ({ clickid, txid, amount: '1' }));
    const sent = await client.call(`/postbacks/${campaign}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rows),
    });
    expect(sent.status).toBe(202);

    await eventually('the rows are judged', async () => {
      const { stdout } = await tracker('postbacks', 'search', '--integration', campaign, '--since', '1h');
      return /^\S+ +\S+ +\S+ +batch +2 of 2 rows judged$/m.test(stdout);
    });
  });

  test('are shown on one page, with their answer and what the click has now', async () => {
    const clickid = await client.click(spring);
    const { body } = await client.postback({ clickid, amount: '3', txid: 'A-1', token: 'tell-no-one' });

    const page = await tracker('postbacks', 'show', idOf(body));
    const { conversionsOfClick } = (await tracker('postbacks', 'show', idOf(body), '--json')).json() as Json;

    expect(page).toMatchObject({ code: 0, stderr: '' });
    expect(page.stdout).toMatch(/recorded OK, HTTP 200[^]*txid +A-1[^]*"requestId": "\w{24}"[^]*approved, 3 USD/);
    expect(page.stdout).not.toContain('tell-no-one');
    expect(conversionsOfClick).toMatchObject([{ transactionId: 'A-1' }]);
  });

  test('are explained field by field, and leave nothing but a row in the log', async () => {
    const campaign = await client.campaign(guarded);
    const token = await tokenOf(campaign);
    const clickid = await client.click(campaign);
    const path = `/postback/${campaign}`;
    const { body } = await client.postback({ clickid, payout: '1,50', order_id: '7', token }, path);

    const [row, again] = [
      await tracker('postbacks', 'explain', idOf(body)),
      await tracker('postbacks', 'explain', idOf(body), '--json'),
    ];

    expect(row.code).toBe(1);
    expect(row.stdout).toMatch(/amount +payout +1,50 +✗ wrong/);
    expect(row.stdout).toMatch(/to do +You: Set amountFormat of/);
    expect(again.json()).toMatchObject({ logged: { reason: 'AMOUNT_INVALID' }, today: { reason: 'AMOUNT_INVALID' } });
    expect(row.stdout + row.stderr + again.stdout).not.toContain(token);

    const url = `${path}?clickid=${clickid}&amount=1.50&token=${token}&test=0`;
    const fine = await tracker('postbacks', 'explain', `https://go.example.com${url}`);
    expect(fine).toMatchObject({ code: 0, stdout: expect.stringContaining('it would be recorded: OK') });
    expect(await client.conversions(clickid)).toEqual([]);
  });

  test('that came without a token are advised no replay, which could not take them, and those that one takes are', async () => {
    const campaign = await client.campaign(guarded);
    const path = `/postback/${campaign}`;
    const token = await tokenOf(campaign);
    const [bare, unknown] = [
      await client.postback({ clickid: await client.click(campaign), amount: '1' }, path),
      await client.postback({ clickid: await client.click(campaign), amount: '1', status: 'fulfilled', token }, path),
    ];
    await tracker('integration', 'put', campaign, '--status', 'fulfilled=approved', '--yes');

    const [refused, mended] = [
      await tracker('postbacks', 'explain', idOf(bare.body)),
      await tracker('postbacks', 'explain', idOf(unknown.body)),
    ];

    expect(refused.stdout).toMatch(/rejected AUTH_MISSING[^]*to do +The sender: Paste the postback URL again/);
    expect(refused.stdout).not.toContain('replay');
    expect(mended.stdout).toContain(`tracker replay --request ${idOf(unknown.body)}`);
    expect((await tracker('replay', '--request', idOf(unknown.body), '--yes')).code).toBe(0);
  });

  test('of a URL without its token are explained as what they are', async () => {
    const campaign = await client.campaign(guarded);
    const { code, stdout } = await tracker(
      'postbacks',
      'explain',
      `/postback/${campaign}?clickid=${await client.click(campaign)}`,
    );

    expect([code, stdout]).toEqual([1, expect.stringMatching(/AUTH_MISSING[^]*tracker integration credentials c-/)]);
  });

  test('are followed as they come, to the end that Ctrl-C makes', async () => {
    const campaign = await client.campaign();
    const clickid = await client.click(campaign);
    const tail = spawn(node, [program, 'postbacks', 'tail', '--integration', campaign, '--every', '1', '--json'], {
      env: closedEnvironment({ TRACKER_URL: stack.url }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let seen = '';
    tail.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text));
    const lines = (): readonly Json[] =>
      seen
        .split('\n')
        .filter(Boolean)
        .map((line): Json => JSON.parse(line));
    await client.postback({ clickid, amount: '1', txid: 'A' });
    await eventually('the first is shown', async () => lines().length === 1);
    await client.postback({ clickid, amount: 'x', txid: 'B' });
    await eventually('the second is shown', async () => lines().length === 2);
    tail.kill('SIGINT');
    const [code]: unknown[] = await once(tail, 'close');

    expect(code).toBe(0);
    expect(lines().map(({ reason }) => reason)).toEqual(['OK', 'AMOUNT_INVALID']);
  });

  test('fail with an exit code and the reason', async () => {
    const wrong: readonly Wrong[] = [
      [2, ['postbacks', 'search', '--since', 'yesterday'], 'takes so long ago'],
      [2, ['postbacks', 'search', '--result', 'refused'], 'There are recorded, updated'],
      [2, ['postbacks', 'tail', '--every', '0'], 'a whole number from 1'],
      [3, ['postbacks', 'show', '0'.repeat(24)], 'has no request'],
      [3, ['postbacks', 'explain', '0'.repeat(24)], 'has no request'],
      [2, ['postbacks', 'explain', 'https://go.example.com/c/spring'], 'is no path of postbacks'],
      [5, ['postbacks', 'tail', '--local', '1'], 'Nothing answers'],
    ];
    expect(await endingsOf(wrong)).toEqual(wrong.map(expectedOf));
  });
});

describe('conversions', () => {
  test('are shown, searched and exported with their sums, tests only where they are asked for', async () => {
    const campaign = await client.campaign();
    const [clickid, test] = [await client.click(campaign), await client.click(campaign, '?test=1')];
    await client.postback({ clickid, amount: '0.1', txid: '=A' });
    await client.postback({ clickid, amount: '0.2', txid: 'B' });
    await client.postback({ clickid: test, amount: '9', txid: 'T' });
    const file = join(folder, 'export.csv');

    const shown = await tracker('conversions', 'show', clickid);
    const found = await tracker('conversions', 'search', '--campaign', campaign, '--since', '1h');
    const withTests = await tracker('conversions', 'search', '--campaign', campaign, '--tests', '--json');
    const exported = await tracker('conversions', 'export', '--campaign', campaign, '--out', file, '--json');
    const lines = await tracker('conversions', 'export', '--campaign', campaign, '--format', 'ndjson');

    expect(shown.stdout).toMatch(/^conversion B$[^]*approved[^]*\+0\.2/m);
    expect(found.stdout).toMatch(/^USD +approved +2 +0\.3$/m);
    expect(withTests.json()).toHaveLength(3);
    const sums = [{ currency: 'USD', status: 'approved', conversions: 2, amount: '0.3' }];
    expect(exported.json()).toEqual({ file, format: 'csv', conversions: 2, sums });
    const rows: Json[] = parse(readFileSync(file, 'utf8'), { columns: true });
    expect(rows.map(({ transactionId }) => transactionId).sort()).toEqual(["'=A", 'B']);
    expect(
      lines.stdout
        .trimEnd()
        .split('\n')
        .map((line): Json => JSON.parse(line)),
    ).toHaveLength(2);
    expect(lines.stderr).toContain('0.3');
  });

  test('fail with an exit code and the reason', async () => {
    const wrong: readonly Wrong[] = [
      [2, ['conversions', 'search'], 'Name a campaign'],
      [2, ['conversions', 'show', 'abc'], 'is no click ID'],
      [2, ['conversions', 'export', '--campaign', 'x', '--out', '/dev/null/x.csv'], 'cannot be written'],
      [2, ['conversions', 'export', '--campaign', 'x', '--format', 'xls'], 'csv or ndjson'],
    ];
    expect(await endingsOf(wrong)).toEqual(wrong.map(expectedOf));
  });

  test('of a click without any are not found', async () => {
    expect(await tracker('conversions', 'show', await client.click(spring))).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('a click', () => {
  test('is made for a test, and its postback records one', async () => {
    const campaign = await client.campaign(guarded);
    const made = (await tracker('click', 'make', campaign, '--sub1', 'banner', '--json')).json() as Json;
    const plain = await tracker('click', 'make', campaign);

    const { body } = await client.call(String(made['postbackUrl']).replace(stack.url, ''));
    expect(body).toMatchObject({ result: 'test', conversion: { clickId: made['clickId'] } });
    expect(plain.stdout).toMatch(/^click +\w{32}$[^]*its postback +http/m);

    const shown = (await tracker('click', 'show', String(made['clickId']), '--json')).json();
    expect(shown).toMatchObject({
      click: { campaign, subs: { sub1: 'banner' }, test: true },
      conversions: [{ test: true }],
      postbacks: [{ result: 'test' }],
    });
    expect((await tracker('click', 'show', String(made['clickId']))).stdout).toMatch(
      /^sub1 +banner$[^]*^flags +a test$/m,
    );
  });

  test('is erased only after a confirmation', async () => {
    const clickid = await client.click(spring);
    await client.postback({ clickid, amount: '1' });

    expect(await tracker('click', 'erase', clickid)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect((await tracker('click', 'erase', clickid, '--yes', '--json')).json()).toMatchObject({
      click: 'erased',
      conversions: 1,
      logRows: 1,
    });
    const shown = await tracker('click', 'show', clickid);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('No postback named it.')]);
    expect(shown.stdout).toMatch(/^stored +no: The click \w{32} was erased\.$/m);
  });

  test('fails with an exit code and the reason', async () => {
    const wrong: readonly Wrong[] = [
      [3, ['click', 'make', 'nowhere'], 'no campaign nowhere'],
      [2, ['click', 'show', 'abc'], 'is no click ID'],
      [4, ['click', 'erase', '0'.repeat(32), '--yes'], 'never made this click ID'],
    ];
    expect(await endingsOf(wrong)).toEqual(wrong.map(expectedOf));
  });
});

describe('a replay', () => {
  test('fails with an exit code and the reason', async () => {
    const wrong: readonly Wrong[] = [
      [2, ['replay'], 'Give the start: --since'],
      [2, ['replay', '--since', '1h', '--reason', 'AUTH_INVALID'], 'never replayed'],
      [2, ['replay', '--since', '1h', '--reason', 'OK'], 'no reason that a replay may change'],
      [2, ['replay', '--since', '1h', '--result', 'recorded'], 'not "recorded"'],
      [2, ['replay', '--request', 'x', '--since', '1h'], 'omit the other filters'],
      [3, ['replay', '--request', '0'.repeat(24)], 'has no request'],
    ];
    expect(await endingsOf(wrong)).toEqual(wrong.map(expectedOf));
  });

  test('of one request brings back that one alone, and only when it is meant', async () => {
    const campaign = await client.campaign();
    const clickid = await client.click(campaign);
    const [first, second] = [
      await client.postback({ clickid, amount: '1', txid: 'A', status: 'won' }),
      await client.postback({ clickid, amount: '1', txid: 'B', status: 'won' }),
    ];
    await tracker('integration', 'put', campaign, '--status', 'won=approved', '--yes');

    const asked = await tracker('replay', '--request', idOf(first.body));
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringMatching(/STATUS_UNKNOWN +OK +1[^]*Add --yes/) });
    expect(await client.conversions(clickid)).toEqual([]);

    const done = await tracker('replay', '--request', idOf(first.body), '--yes', '--json');
    expect(done).toMatchObject({ code: 0 });
    expect(done.json()).toMatchObject({ changes: [{ before: 'STATUS_UNKNOWN', after: 'OK', postbacks: 1 }] });
    expect((await client.conversions(clickid)).map(({ transactionId }) => transactionId)).toEqual(['A']);
    expect((await client.logRow(second.body['requestId']))['reason']).toBe('STATUS_UNKNOWN');
  });
});
