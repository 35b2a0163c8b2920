import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as metric from '../../lambdas/counters';
import { encodeBase32 } from '../../lambdas/domain/text/crockford-base32';
import { authenticationReasons } from '../../lambdas/domain/values/reasons';
import { synthesized } from '../e2e/assembly';
import { clientOf, type Client, type Json, type Reply } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { insiderOf } from '../e2e/insider';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';

jest.setTimeout(1_800_000);

/** FLOOD_REQUESTS=20000 FLOOD_BELIEVED=500 for the figures that SECURITY.md tells; a test run makes do with fewer. */
const floodRequests = Number(process.env['FLOOD_REQUESTS'] ?? 2000);
const believed = Number(process.env['FLOOD_BELIEVED'] ?? 50);
const environments = 2;
/** Log rows a minute for each reason and integration, in each execution environment; honest mistakes have more. */
const rowsPerMinute = { usual: 30, larger: 300 };
const honestMistakes = ['CLICK_ID_MISSING', 'BODY_INVALID', 'PARAMETER_CONFLICT'];
/** Click IDs of long ago that strangers name again and again. */
const goneClicks = 20;

let stack: LocalStack;
let client: Client;
let id: string;
let token: string;
let gone: readonly string[];

beforeAll(async () => {
  const assembly = await synthesized('prod');
  stack = await startLocalStack({ assembly, concurrency: environments });
  client = clientOf(stack);
  id = await client.campaign({ integration: { auth: { token: 'required', hmac: 'report', ip: 'off' } } });
  token = String((await client.admin('POST', `/integrations/${id}/credentials`)).body['token']);
  const { mint } = await insiderOf(stack, assembly);
  gone = Array.from({ length: goneClicks }, () => mint(Date.now() - 400 * 86_400_000));
});
afterAll(() => stack.remove());

/** A click ID of the right letters, length and format, with a MAC that was guessed. */
function forgedClickId(): string {
  const bytes = randomBytes(20);
  bytes[0] = 0x11;
  return encodeBase32(bytes);
}

const wrongToken = (number: number): string =>
  number % 2 === 0 ? createHmac('sha1', String(number)).digest('hex') : `k1t${randomBytes(20).toString('hex')}`;

/** Bodies of some 200 kB that were made to kill, by where they go. */
const bombs: readonly (readonly [string, string])[] = [
  ['/postback', '{"a":'.repeat(40_000)],
  ['', `{"${'k'.repeat(16_384)}":[${'1,'.repeat(14_999)}1]}`],
  ['/postback', `a=${'%25AA.'.repeat(33_000)}`],
  ['', `a=1${'&amp;'.repeat(40_000)}`],
  ['batch', `[${'['.repeat(200_000)}`],
  ['batch', `a,b\n${','.repeat(200_000)}`],
  ['batch', '{"a":1}\n'.repeat(25_000)],
];

/** What an attacker without a key can send, one kind after the other. `reads` says which table answers whose click it is, if any. */
interface Kind {
  readonly send: (number: number, genuineClickId: string) => Promise<Reply>;
  readonly reads?: 'Clicks' | 'Config';
}

const named = (parameters: Readonly<Record<string, string>>) => client.postback(parameters, `/postback/${id}`);
const amount = (number: number) => ({ amount: '999', txid: `forged-${number}` });
const kinds: readonly Kind[] = [
  { send: (number) => client.postback({ clickid: forgedClickId(), ...amount(number) }) },
  { send: (number) => named({ clickid: forgedClickId(), token: wrongToken(number), ...amount(number) }) },
  { send: (number, clickid) => named({ clickid, ...amount(number) }) },
  { send: (number, clickid) => named({ clickid, token: wrongToken(number), ...amount(number) }) },
  { send: (number, clickid) => named({ clickid, token: wrongToken(number), dry_run: '1', ...amount(number) }) },
  {
    send: (number) =>
      client.postback({ visitorId: forgedClickId(), TotalCost: '999' }, `/scripts/sale.php/${number % 2 ? '' : '/'}`),
  },
  { send: (number) => client.postback({ clickid: gone[number % goneClicks] ?? '', ...amount(number) }) },
  { send: (number, clickid) => client.postback({ clickid, ...amount(number) }), reads: 'Clicks' },
  { send: (number, clickid) => client.postback({ clickid }, `/postback/made-up-${number}`), reads: 'Config' },
  {
    send: (number, clickid) =>
      client.call(`/postbacks/${id}?token=${wrongToken(number)}`, {
        method: 'POST',
        body: JSON.stringify([{ clickid, amount: '999' }]),
      }),
  },
  {
    send: (number) => {
      const [to = '', body = ''] = bombs[number % bombs.length] ?? [];
      const path = to === 'batch' ? `/postbacks/${id}?token=${wrongToken(number)}` : to || `/postback/${id}`;
      return client.call(path, { method: 'POST', body });
    },
  },
];

test('a flood of strangers costs no message and no read but of whose click it is, and every believed postback among it has its row', async () => {
  const clickIds = await Promise.all(Array.from({ length: believed }, () => client.click(id)));
  const [attacked = ''] = clickIds;
  // What an environment reads once a minute, or once at all, is read before.
  await Promise.all(
    Array.from({ length: 8 }, () => client.postback({ clickid: attacked, token, dry_run: '1' }, `/postback/${id}`)),
  );
  // Tests of a genuine sender move no counter.
  const before = counted();
  await stack.forgetOperations();

  const began = Date.now();
  const refused: { readonly kind: Kind; readonly reason: string }[] = [];
  const genuine: Json[] = [];
  const size = Math.floor(floodRequests / believed);
  for (const [wave, clickid] of clickIds.entries()) {
    const answers = Array.from({ length: size }, async (_, at) => {
      const number = wave * size + at;
      const kind = kinds[number % kinds.length] ?? kinds[0];
      if (kind === undefined) throw new Error('there is no kind');
      const { status, body } = await kind.send(Math.floor(number / kinds.length), attacked);
      expect([status < 500, body['result']]).toEqual([true, 'rejected']);
      refused.push({ kind, reason: String(body['reason']) });
    });
    const { body } = await client.postback({ clickid, amount: '5', txid: `genuine-${wave}`, token }, `/postback/${id}`);
    genuine.push(body);
    await Promise.all(answers);
  }
  const seconds = Math.round((Date.now() - began) / 1000);
  const minutes = Math.floor(Date.now() / 60_000) - Math.floor(began / 60_000) + 1;
  const operations = await stack.operations();
  const done = (operation: string, target: string): number =>
    operations
      .filter(({ function: by }) => !/(?:Count|Compact|Dispatch|Deliver)$/.test(by))
      .filter((one) => one.operation.startsWith(operation) && one.target.endsWith(target))
      .reduce((sum, { count }) => sum + count, 0);
  const countOf = (of: (one: (typeof refused)[number]) => boolean): number => refused.filter(of).length;

  // Not one believed postback is lost or without its row, and not one stranger's is recorded.
  expect(genuine.map(({ result }) => result)).toEqual(clickIds.map(() => 'recorded'));
  const rows = await Promise.all(genuine.map(({ requestId }) => client.logRow(requestId)));
  expect(rows.map(({ result }) => result)).toEqual(clickIds.map(() => 'recorded'));
  expect([done('PutItem', 'Conversions'), (await client.conversions(attacked)).length]).toEqual([genuine.length, 1]);

  // Reads: those that tell whose click it is. Clicks that are gone are looked up once a minute in each environment.
  const lookedUp = done('Query', 'Conversions');
  expect(lookedUp).toBeLessThanOrEqual(goneClicks * environments * minutes);
  expect(done('GetItem', 'Clicks')).toBe(genuine.length + countOf(({ kind }) => kind.reads === 'Clicks') + lookedUp);
  const documents = done('GetItem', 'Config') - countOf(({ kind }) => kind.reads === 'Config');
  expect(documents).toBeLessThanOrEqual(2 * environments * (minutes + 1));
  expect([done('SendMessage', 'RetryQueue'), stack.output().includes('Runtime.ExitError')]).toEqual([0, false]);

  // Log rows: a sample of each reason. Each environment notes once, beside the rows, that a genuine sender used its key.
  const logRows = done('PutItem', 'PostbackLog') - genuine.length - environments;
  const sampled = [...new Set(refused.map(({ reason }) => reason))].map((reason) => {
    const limit = honestMistakes.includes(reason) ? rowsPerMinute.larger : rowsPerMinute.usual;
    // With the integration and without it are two bounds.
    return Math.min(
      countOf((one) => one.reason === reason),
      2 * limit * environments * minutes,
    );
  });
  expect(logRows).toBeGreaterThan(0);
  expect(logRows).toBeLessThanOrEqual(sampled.reduce((sum, count) => sum + count, 0));

  // Not one is missing from the counts, nor among the postbacks that alarms take percentages of.
  const unauthenticated = countOf(({ reason }) =>
    [...authenticationReasons, 'RATE_LIMITED'].some((known) => known === reason),
  );
  const expected = [unauthenticated, refused.length - unauthenticated, genuine.length];
  await eventually(`the counts are ${expected.join(', ')}`, async () => {
    const after = counted();
    const since = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    const names = [metric.postbackAuthenticationFailed, metric.postbackUnidentified, metric.postbackReceived];
    return JSON.stringify(names.map(since)) === JSON.stringify(expected);
  });
  process.stdout.write(
    `Flood: ${refused.length} of strangers in ${seconds} s among ${genuine.length} believed, all of those recorded, each with its row; ` +
      `${unauthenticated} counted as failed authentications, ${refused.length - unauthenticated} as unidentified; ${logRows} log rows, no message, ` +
      `${done('GetItem', 'Clicks') - genuine.length + lookedUp} reads of whose click it is, ${documents} of configuration in all.\n`,
  );
});

/** From the file, since the stack itself remembers no more than the newest. */
function counted(): ReadonlyMap<string, number> {
  const files = ['metrics.jsonl.1', 'metrics.jsonl'].map((file) => join(stack.dataFolder, file)).filter(existsSync);
  const counts = new Map<string, number>();
  for (const line of files.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean))) {
    for (const [name, count] of Object.entries(JSON.parse(line) as Json)) {
      if (typeof count === 'number') counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  return counts;
}
