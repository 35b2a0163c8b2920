import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedEnvironment, withoutStartFiles } from '../../prove/closed-environment';
import { node, root, synthesized } from '../e2e/assembly';
import { clientOf, type Client, type Json } from '../e2e/client';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { program, trackerIn, type Tracker } from './support/run-tracker';

jest.setTimeout(60_000);

let stack: LocalStack;
let client: Client;
let tracker: Tracker;
let folder: string;

beforeAll(async () => {
  stack = await startLocalStack({ assembly: await synthesized('dev'), concurrency: 1 });
  client = clientOf(stack);
  tracker = trackerIn({ TRACKER_URL: stack.url });
  folder = mkdtempSync(join(tmpdir(), 'tracker-cli-'));
});
afterAll(async () => {
  await stack.remove();
  rmSync(folder, { recursive: true, force: true });
});

const stored = async (path: string): Promise<Json> => (await client.admin('GET', path)).body;

describe('a configuration in files', () => {
  const example = join(root, 'examples', 'configuration');

  test('is planned, applied, and the same again changes nothing', async () => {
    const planned = await tracker('apply', example, '--dry-run');
    expect(planned.code).toBe(0);
    expect(planned.stdout).toMatch(/^create source ads\n {2}\+ name "Ad network"\n/);
    expect(planned.stdout).toMatch(/^Plan: \d+ to create, \d+ to update, 0 to delete, \d+ unchanged\.$/m);
    expect((await client.admin('GET', '/integrations/network')).status).toBe(404);

    const applied = await tracker('apply', example);
    const again = await tracker('apply', example, '--json');

    expect(applied).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/\nDone\.\n$/) });
    expect(await stored('/campaigns/partners')).toMatchObject({ integration: 'network', version: 1 });
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.json()).toMatchObject({ steps: [] });
  });

  test('is written as the tracker has it; that applied again changes nothing, and what is in no file is deleted only where that is said', async () => {
    const exported = join(folder, 'exported');
    expect(await tracker('export', exported)).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(exported).sort()).toEqual(['campaigns', 'integrations', 'sources']);
    expect((await tracker('apply', exported, '--prune', '--json')).json()).toMatchObject({ steps: [], unmanaged: [] });

    expect(await tracker('export', exported)).toMatchObject({ code: 4 });
    await client.admin('DELETE', '/sources/ads');
    const forced = await tracker('export', exported, '--force', '--json');
    expect(forced.json()).toMatchObject({ removed: ['sources/ads.yaml'] });
    expect(existsSync(join(exported, 'sources', 'ads.yaml'))).toBe(false);

    for (const name of ['campaigns/partners.yaml', 'integrations/network.yaml']) rmSync(join(exported, name));
    expect((await tracker('apply', exported)).stdout).toContain(
      'left alone without --prune: integration network, campaign partners',
    );
    const unasked = await tracker('apply', exported, '--prune');
    expect(unasked).toMatchObject({ code: 2, stdout: '' });
    expect(await tracker('apply', exported, '--prune', '--yes')).toMatchObject({ code: 0 });
    expect((await client.admin('GET', '/integrations/network')).status).toBe(404);
  });

  test('that is wrong anywhere is not begun', async () => {
    const copy = join(folder, 'wrong');
    cpSync(example, copy, { recursive: true });
    writeFileSync(join(copy, 'campaigns', 'spring.yaml'), 'name: Spring\nintegration: nobody\nstatus: activ\n');

    const run = await tracker('apply', copy, '--yes');

    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /^error: The configuration is wrong in 2 places; nothing was changed\.\n {2}campaigns\/spring\.yaml:3:9 status /,
    );
  });

  test('stops at the first rejected change, and reports which changes were made', async () => {
    const copy = join(folder, 'stopped');
    cpSync(example, copy, { recursive: true });
    writeFileSync(join(copy, 'sources', 'a-first.yaml'), 'name: First\n');
    const spring = readFileSync(join(copy, 'campaigns', 'spring.yaml'), 'utf8');
    const events = Array.from({ length: 8000 }, (_, event) => `  e${event}: { amount: '1', currency: USD, }`);
    writeFileSync(
      join(copy, 'campaigns', 'y-large.yaml'),
      spring.replace(/^events:$/m, ['events:', ...events].join('\n')),
    );
    writeFileSync(join(copy, 'campaigns', 'z-last.yaml'), spring);

    const run = await tracker('apply', copy, '--json');

    expect(run.code).toBe(2);
    const { error } = JSON.parse(run.stderr) as { readonly error: { readonly details: readonly string[] } };
    expect(error).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^It stopped at campaign y-large: The campaign has \d+ bytes/),
    });
    expect(error.details).toContain('done     create source a-first');
    expect(error.details.slice(-2)).toEqual(['failed   create campaign y-large', 'not done create campaign z-last']);
    expect((await client.admin('GET', '/campaigns/z-last')).status).toBe(404);
    expect(run.json()).toMatchObject({
      steps: expect.arrayContaining([expect.objectContaining({ id: 'a-first', done: true })]),
    });
  });
});

describe('a shell', () => {
  const completed = async (...words: readonly string[]) => (await tracker('complete', '--', ...words)).stdout;

  test('gets the commands, options, choices, files and IDs that may come next', async () => {
    const [commands, options, choices, files, ids, valueIds] = await Promise.all([
      completed('camp'),
      completed('--local', 'campaign', 'list', '--js'),
      completed('completion', 'z'),
      completed('apply', `${folder}/sto`),
      completed('campaign', 'show', ''),
      completed('campaign', 'put', 'x', '--integration', 'sh'),
    ]);

    expect(commands).toMatch(/^campaign\tcampaigns: offers.*\n:4\n$/);
    expect(options).toBe('--json\tanswer in JSON\n:4\n');
    expect(choices).toBe('zsh\t\n:4\n');
    expect(files).toBe(`${folder}/stopped/\t\n:6\n`);
    expect(ids).toMatch(/^spring\tSpring sale$/m);
    expect(valueIds).toBe('shop\tShop orders\n:4\n');
  });

  test('gets nothing, and no error, if the tracker does not answer', async () => {
    const run = await trackerIn({ TRACKER_URL: 'http://127.0.0.1:9' })('complete', '--', 'campaign', 'show', '');

    expect(run).toMatchObject({ code: 0, stdout: ':4\n', stderr: '' });
  });

  test('gets the values of options with choices', async () => {
    const [presets, reasons, dead, statuses, campaignStatuses] = await Promise.all([
      completed('integration', 'put', 'x', '--preset', 'ever'),
      completed('replay', '--reason', 'STATUS'),
      completed('dead-letters', 'redrive', '--reason', ''),
      completed('integration', 'put', 'x', '--status', 'paid=app'),
      completed('campaign', 'put', 'x', '--status', ''),
    ]);

    expect(presets).toBe('everflow\t\n:4\n');
    expect(reasons).toBe('STATUS_UNKNOWN\t\n:4\n');
    expect(dead).toContain('FUNCTION_DIED\t\n');
    expect(statuses).toBe('paid=approved\t\n:4\n');
    expect(campaignStatuses).toBe('active\t\npaused\t\n:4\n');
  });

  test('that is bash runs nothing of what is typed, and nothing that a tracker or a file name answers', () => {
    const trap = join(folder, 'ran');
    const answered = `:a[$(touch ${trap})]\\t\\n$(touch ${trap})\\tfile\\n:4\\n`;
    const typed = ['$(touch RAN)', '`touch RAN`', "';touch RAN;'", '--integration=$(touch RAN)', 'a[$(touch RAN)]'];
    for (const word of typed.map((one) => one.replace('RAN', trap))) {
      const session = [
        `tracker() { if [ "$1" = completion ]; then "${node}" "${program}" "$@"; else printf '%s\\n' "$@" >&2; printf '${answered}'; fi; }`,
        'source <(tracker completion bash)',
        'compopt() { :; }',
        'COMP_WORDS=(tracker campaign show "$WORD"); COMP_CWORD=3; COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}',
        '_tracker_complete 2>&1',
      ];
      const shell = [...withoutStartFiles, '-c', session.join('\n')];
      execFileSync('bash', shell, { env: closedEnvironment({ WORD: word }), encoding: 'utf8' });
      expect(existsSync(trap)).toBe(false);
    }
  });

  test('that is bash completes an ID with the script that it gets', () => {
    const session = [
      `tracker() { "${node}" "${program}" "$@"; }`,
      'source <(tracker completion bash)',
      // What the shell does at a press of the key.
      'compopt() { :; }',
      'COMP_WORDS=(tracker campaign show spr); COMP_CWORD=3; COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}',
      '_tracker_complete; echo "${COMPREPLY[@]}"',
    ];

    const environment = closedEnvironment({ TRACKER_URL: stack.url });
    const shell = [...withoutStartFiles, '-c', session.join('\n')];
    expect(execFileSync('bash', shell, { env: environment, encoding: 'utf8' })).toBe('spring\n');
  });
});
