import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stackNameOf } from '../../cli/connection/options';
import { synthesized } from '../e2e/assembly';
import { clientOf, open, type Client, type Json } from '../e2e/client';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { trackerIn, type Tracker } from './support/run-tracker';

jest.setTimeout(60_000);

let assembly: string;
let stack: LocalStack;
let client: Client;
let tracker: Tracker;
let folder: string;

beforeAll(async () => {
  assembly = await synthesized('dev');
  stack = await startLocalStack({ assembly, concurrency: 1 });
  client = clientOf(stack);
  tracker = trackerIn({ TRACKER_URL: stack.url });
  folder = mkdtempSync(join(tmpdir(), 'tracker-cli-'));
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

const stored = async (path: string): Promise<Json> => (await client.admin('GET', path)).body;
const shop = 'https://shop.example/?sub={clickid}';

test('the stack that a stage is looked for under is the one that is deployed, and says where its admin API is', () => {
  const template: { Outputs: object } = JSON.parse(
    readFileSync(join(assembly, `${stackNameOf('dev')}.template.json`), 'utf8'),
  );

  expect(template.Outputs).toHaveProperty('AdminUrl');
});

describe('a document', () => {
  test('is created and changed by options, shown, listed, described and deleted', async () => {
    await tracker('integration', 'put', 'acme', '--currency', 'USD', '--status', 'paid=approved');
    const offer = `id=main,url=${shop},weight=3`;

    const made = await tracker('campaign', 'put', 'spring', '--integration', 'acme', '--offer', offer);
    const changed = await tracker('campaign', 'put', 'spring', '--offer', 'id=main,weight=5', '--json');
    const same = await tracker('campaign', 'put', 'spring', '--offer', 'id=main,weight=5');
    const tried = await tracker('campaign', 'put', 'spring', '--status', 'paused', '--dry-run');

    expect(made).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/Made the campaign spring: version 1\.\n$/),
    });
    expect(changed.json()).toMatchObject({
      action: 'updated',
      differences: [{ path: 'offers.0.weight', from: 3, to: 5 }],
      document: { version: 2 },
    });
    expect(same).toMatchObject({ code: 0, stdout: 'The campaign spring is like that already.\n' });
    expect(tried).toMatchObject({ code: 0, stdout: '~ status "active" → "paused"\n' });
    expect(await stored('/campaigns/spring')).toMatchObject({
      version: 2,
      name: 'spring',
      status: 'active',
      offers: [{ id: 'main', url: shop, weight: 5 }],
    });

    const [list, programs, history, shown] = await Promise.all([
      tracker('campaign', 'list'),
      tracker('campaign', 'list', '--json'),
      tracker('campaign', 'history', 'spring'),
      tracker('campaign', 'show', 'spring'),
    ]);
    expect(list).toMatchObject({ code: 0, stderr: '' });
    expect(list.stdout).toMatch(
      /^ID +NAME +STATUS +INTEGRATION +OFFERS +VERSION +CHANGED\nspring +spring +active +acme +1 +2 +20/,
    );
    expect(programs.json()).toEqual([expect.objectContaining({ id: 'spring', version: 2 })]);
    expect(history.stdout).toMatch(
      /^version 2 +20\S+ +updated by \S+\n {2}~ offers\.0\.weight 3 → 5\nversion 1 +20\S+ +created by \S+\n {2}\+ name "spring"\n/,
    );
    expect(shown.stdout).toMatch(
      /^# campaign spring, version 2 of 20.*\n# http:\S+\/c\/spring\nname: spring\nintegration: acme\n/,
    );
  });

  test('has a link to paste into an ad, with the tokens of the source that carries it', async () => {
    await tracker(
      'source',
      'put',
      'pops',
      '--parameter',
      'external_id=${SUBID}',
      '--parameter',
      'sub1={zone}',
      '--yes',
    );
    const [plain, sourced, bare, shown] = await Promise.all([
      tracker('campaign', 'url', 'spring'),
      tracker('campaign', 'url', 'spring', '--source', 'pops', '--json'),
      tracker('campaign', 'url', 'autumn'),
      tracker('campaign', 'show', 'spring', '--json'),
    ]);

    expect(plain).toMatchObject({ code: 0, stdout: `${stack.url}/c/spring\n`, stderr: '' });
    const url = `${stack.url}/c/spring?source=pops&external_id=\${SUBID}&sub1={zone}`;
    expect(sourced.json()).toEqual({ campaign: 'spring', source: 'pops', url });
    expect(bare).toMatchObject({ code: 3, stdout: '' });
    expect(shown.json()).toMatchObject({ id: 'spring', clickUrl: `${stack.url}/c/spring` });
    const saved = written('shown.json', shown.stdout);
    expect((await tracker('campaign', 'diff', 'spring', '--file', saved)).code).toBe(0);
    await tracker('source', 'delete', 'pops', '--yes');
  });

  test('that is shown can be put back, and is deleted only where that is meant and nothing needs it', async () => {
    const file = written('spring.yaml', (await tracker('campaign', 'show', 'spring')).stdout);
    const [same, refused, unasked] = await Promise.all([
      tracker('campaign', 'diff', 'spring', '--file', file),
      tracker('integration', 'delete', 'acme', '--yes'),
      tracker('campaign', 'delete', 'spring'),
    ]);

    expect(same).toMatchObject({ code: 0, stdout: 'No difference.\n' });
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toMatch(/^error: The integration acme is used by campaign spring\./);
    expect(unasked).toMatchObject({ code: 2, stdout: '' });
    expect(unasked.stderr).toMatch(/^hint: Add --yes/m);
    expect(await tracker('campaign', 'delete', 'spring', '--yes')).toMatchObject({ code: 0 });
    expect(await tracker('campaign', 'show', 'spring')).toMatchObject({ code: 3, stdout: '' });
    expect((await tracker('campaign', 'put', 'spring', '--file', file)).stdout).toContain(
      'Made the campaign spring: version 4.',
    );
  });

  test('that is invalid in a file is reported with file and line, and nothing is sent', async () => {
    const file = written(
      'wrong.yaml',
      `name: ''\nintegration: acme\nstatus: active\noffers:\n  - id: a\n    url: ftp://x\n    weight: 1\n`,
    );

    const [put, diff] = [
      await tracker('campaign', 'put', 'wrong', '--file', file),
      await tracker('campaign', 'diff', 'wrong', '--file', file),
    ];

    for (const run of [put, diff]) expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(put.stderr).toContain(`  ${file}:1:7 name must not be empty\n  ${file}:6:10 offers.0.url must be an http`);
    expect((await client.admin('GET', '/campaigns/wrong')).status).toBe(404);
  });

  test('with a warning is created, and the warning has file and line', async () => {
    const file = written(
      'odd.yaml',
      `name: A\nstatus: active\nintegration: acme\noffers:\n  - id: a\n    url: 'https://a.example/?s={click_id}'\n    weight: 1\n`,
    );

    const run = await tracker('campaign', 'put', 'odd', '--file', file);
    const answered = await tracker('campaign', 'put', 'odd', '--file', file, '--dry-run', '--json');

    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('Made the campaign odd: version 1.') });
    expect(run.stderr).toContain(`warning: ${file}:6:10 offers.0.url {click_id} is no macro`);
    expect(answered.json()).toMatchObject({ warnings: [{ path: 'offers.0.url' }] });
    expect(answered.stderr).toBe('');
  });

  test('that the tracker rejects is reported with file and line too', async () => {
    const file = written(
      'orphan.yaml',
      `name: A\nstatus: active\nintegration: nobody\noffers: [{ id: a, url: https://a.example/, weight: 1 }]\n`,
    );

    const run = await tracker('campaign', 'put', 'orphan', '--file', file);

    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`${file}:3:14 integration there is no integration nobody`);
  });

  test('that somebody changed since it was saved is not written over', async () => {
    const saved = await tracker('integration', 'show', 'acme', '--json');
    const file = written('acme.json', saved.stdout.replace('"USD"', '"EUR"'));
    await client.admin('PUT', '/integrations/acme', { name: 'Theirs', preset: 'generic' });

    const run = await tracker('integration', 'put', 'acme', '--file', file);

    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toMatch(
      /^error: This change is based on version 1 of integration acme, and .* has made version 2/,
    );
    expect(await stored('/integrations/acme')).toMatchObject({ name: 'Theirs', version: 2 });
  });

  test.each([
    ['neither file nor field', ['put', 'x'], 'There is nothing to put.'],
    ['a file that is not there', ['put', 'x', '--file', 'nowhere.yaml'], 'There is no nowhere.yaml.'],
    ['a file of another document', ['put', 'x', '--file', 'ID.json'], 'is of another source than x'],
  ])('cannot be put with %s', async (_what, given, message) => {
    const file = written('ID.json', '{"id": "y", "name": "Y"}');

    const run = await tracker('source', ...given.map((word) => (word === 'ID.json' ? file : word)));

    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  test('of a source is made by options', async () => {
    expect(await tracker('source', 'put', 'news', '--name', 'News')).toMatchObject({ code: 0 });
    expect((await tracker('source', 'list')).stdout).toMatch(/^news +News +1 +20/m);
  });
});

describe('an integration', () => {
  beforeAll(async () => {
    await client.admin('PUT', '/integrations/shop', {
      name: 'Shop',
      preset: 'generic',
      currency: 'USD',
      auth: { token: 'required', hmac: 'required' },
    });
  });

  test('without a campaign cannot be tried, and says what is missing', async () => {
    const run = await tracker('integration', 'test', 'shop');

    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toMatch(/^error: No campaign names the integration shop.*\nhint: "tracker campaign put/);
  });

  test('is tried by a test click and a signed postback, and reports the verdict', async () => {
    await client.admin('PUT', '/campaigns/tried', {
      name: 'T',
      integration: 'shop',
      status: 'active',
      offers: [{ id: 'a', url: shop, weight: 1 }],
    });

    const dry = await tracker('integration', 'test', 'shop', '--dry-run', '--json');
    const real = await tracker('integration', 'test', 'shop', '--campaign', 'tried');

    expect(dry.json()).toMatchObject({ accepted: true, httpStatus: 200, verdict: { result: 'dry_run', reason: 'OK' } });
    expect(real).toMatchObject({ code: 0, stderr: '' });
    expect(real.stdout).toMatch(/^verdict +test OK_TEST, HTTP 200$/m);
    expect(real.stdout).toMatch(/token=\*\*\*/);
    const [, clickId = ''] = /^click +(\S+)$/m.exec(real.stdout) ?? [];
    expect(await client.conversions(clickId)).toEqual([expect.objectContaining({ test: true, campaign: 'tried' })]);
  });

  test('fails its test where the offer never gets the click ID', async () => {
    await client.admin('PUT', '/integrations/lost', { name: 'Lost', preset: 'generic', auth: open });
    await client.admin('PUT', '/campaigns/lost', {
      name: 'L',
      integration: 'lost',
      status: 'active',
      offers: [{ id: 'a', url: 'https://shop.example/', weight: 1 }],
    });

    expect(await tracker('integration', 'test', 'lost')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('Put {clickid} into the URL of the offer'),
    });
  });

  test('that rejects the postback is a finding', async () => {
    await client.admin('PUT', '/integrations/far', {
      name: 'Far',
      preset: 'generic',
      auth: { ...open, ip: 'required' },
      ipAllowlist: ['203.0.113.0/24'],
      respond: 'always-200',
    });
    await client.admin('PUT', '/campaigns/far', {
      name: 'F',
      integration: 'far',
      status: 'active',
      offers: [{ id: 'a', url: shop, weight: 1 }],
    });

    const run = await tracker('integration', 'test', 'far');

    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^verdict +rejected IP_NOT_ALLOWED, HTTP 200$/m);
  });

  test('shows the URL to paste, makes new keys, and writes its sheet', async () => {
    const url = await tracker('integration', 'url', 'shop');
    const credentials = await tracker('integration', 'credentials', 'shop');
    const asked = await tracker('integration', 'rotate', 'shop');
    const rotated = await tracker('integration', 'rotate', 'shop', '--yes', '--json');
    const again = await tracker('integration', 'rotate', 'shop', '--yes');

    expect(url.stdout).toMatch(new RegExp(`^${stack.url}/postback/shop\\?clickid=.*&token=\\*{3}\n\npaste into `));
    expect(url.stdout).not.toMatch(/k1t|whsec_/);
    expect(credentials.stdout).toMatch(
      new RegExp(`^${stack.url}/postback/shop\\?clickid=.*&token=k1t\\w+\n\npaste into `),
    );
    expect(credentials.stdout).toMatch(/^signature +kid k1, secret whsec_\S+ \(required\)$/m);
    expect(asked).toMatchObject({ code: 2, stdout: '' });
    expect(asked.stderr).toContain('k1 goes on working until the rotation after this');
    expect(rotated.json()).toMatchObject({ hmac: { kid: 'k2' }, keys: [{ kid: 'k2', current: true }, { kid: 'k1' }] });
    expect(again.stderr).toMatch(/^k1 is rejected from now on; k2 goes on working until the next rotation\./);
    expect((await tracker('integration', 'history', 'shop')).stdout).toMatch(/^version 3 +20\S+ +keys rotated by /);

    const [sheet, withToken] = [
      await tracker('integration', 'sheet', 'shop'),
      await tracker('integration', 'sheet', 'shop', '--with-token'),
    ];
    expect(sheet.stdout).toMatch(/^# Postbacks of Shop\n/);
    expect(sheet.stdout).not.toContain('token=k3t');
    expect(withToken.stdout).toContain('token=k3t');
  });
});
