import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metric } from '../../lambdas/contract';
import { encodeBase32 } from '../../lambdas/domain/identifiers/crockford-base32';
import { synthesized } from '../e2e/assembly';
import { clientOf, type Client, type Json } from '../e2e/client';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';

jest.setTimeout(300_000);

/** FLOOD_REQUESTS=20000 for the figures that SECURITY.md tells; a test run makes do with fewer. */
const floodRequests = Number(process.env['FLOOD_REQUESTS'] ?? 1500);
const environments = 2;
/** Rows a minute for each reason, in each execution environment; a run may touch one minute more than it lasts. */
const rowsPerMinute = 30;
const waves = 25;

let stack: LocalStack;
let client: Client;
let id: string;
let token: string;

beforeAll(async () => {
  const assembly = await synthesized('prod');
  stack = await startLocalStack({ assembly, concurrency: environments });
  client = clientOf(stack);
  id = await client.campaign({ integration: { auth: { token: 'required', hmac: 'report', ip: 'off' } } });
  token = String((await client.admin('POST', `/integrations/${id}/credentials`)).body['token']);
});
afterAll(() => stack.remove());

/** A click ID of the right letters, length and format, with a MAC that was guessed. */
function forgedClickId(): string {
  const bytes = randomBytes(20);
  bytes[0] = 0x11;
  return encodeBase32(bytes);
}

/** What an attacker without a key can send. */
function attack(number: number, genuineClickId: string): Promise<{ readonly body: Json }> {
  const amount = { amount: '999', txid: `forged-${number}` };
  const kinds: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{ clickid: forgedClickId(), ...amount }, '/postback'],
    [
      { clickid: forgedClickId(), token: createHmac('sha1', String(number)).digest('hex'), ...amount },
      `/postback/${id}`,
    ],
    [{ clickid: genuineClickId, ...amount }, `/postback/${id}`],
    [{ clickid: genuineClickId, token: `k1t${randomBytes(20).toString('hex')}`, ...amount }, `/postback/${id}`],
  ];
  const [parameters, path] = kinds[number % kinds.length] ?? [{}, '/postback'];
  return client.postback(parameters, path);
}

test('a flood of forged postbacks costs no read, moves no money, fills no log, and every genuine one among it is recorded', async () => {
  const clickIds = await Promise.all(Array.from({ length: waves }, () => client.click(id)));
  const [attacked = ''] = clickIds;
  // What an environment reads once a minute, or once at all, is read before.
  await Promise.all(
    Array.from({ length: 8 }, () => client.postback({ clickid: attacked, token, dry_run: '1' }, `/postback/${id}`)),
  );
  const before = counted(metric.postbackAuthenticationFailed);
  await stack.forgetOperations();

  const began = Date.now();
  const reasons = new Map<unknown, number>();
  const genuine: Json[] = [];
  for (const [wave, clickid] of clickIds.entries()) {
    const size = Math.floor(floodRequests / waves);
    const answers = Promise.all(Array.from({ length: size }, (_, at) => attack(wave * size + at, attacked)));
    const { body } = await client.postback({ clickid, amount: '5', txid: `genuine-${wave}`, token }, `/postback/${id}`);
    genuine.push(body);
    for (const answer of await answers) {
      reasons.set(answer.body['reason'], (reasons.get(answer.body['reason']) ?? 0) + 1);
    }
  }
  const minutes = Math.floor(Date.now() / 60_000) - Math.floor(began / 60_000) + 1;
  const sent = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const operations = await stack.operations();
  const done = (operation: string, table: string): number =>
    operations
      .filter((one) => one.operation === operation && one.target.endsWith(table))
      .reduce((sum, { count }) => sum + count, 0);

  // A long flood is told to slow down as well.
  const refused = [...reasons.keys()].filter((reason) => reason !== 'RATE_LIMITED');
  expect(new Set(refused)).toEqual(new Set(['CLICK_ID_FORGED', 'AUTH_MISSING', 'AUTH_INVALID']));
  expect(genuine.map(({ result }) => result)).toEqual(clickIds.map(() => 'recorded'));

  // The genuine ones read and write what they always do; beyond that there are a few rows of the log.
  expect(done('GetItem', 'Clicks')).toBe(genuine.length);
  expect(
    operations.filter(({ target }) => target.endsWith('Conversions')).reduce((sum, { count }) => sum + count, 0),
  ).toBe(genuine.length);
  // Each environment takes its documents anew once a minute.
  expect(done('GetItem', 'Config')).toBeLessThanOrEqual(2 * environments * (minutes + 1));
  // Each environment notes once, beside the rows, that a genuine sender used its key.
  const logRows = done('PutItem', 'PostbackLog') - genuine.length - environments;
  expect(logRows).toBeGreaterThan(0);
  expect(logRows).toBeLessThanOrEqual(rowsPerMinute * reasons.size * environments * minutes);
  // Not one is missing from the counts.
  expect(counted(metric.postbackAuthenticationFailed) - before).toBe(sent);
  expect((await client.conversions(attacked)).length).toBe(1);
  process.stdout.write(
    `Flood: ${sent} forged in ${Date.now() - began} ms among ${genuine.length} genuine, all of those recorded; ${logRows} log rows, ` +
      `${done('GetItem', 'Clicks') - genuine.length} reads of clicks for them, ${done('GetItem', 'Config')} of configuration in all.\n`,
  );
});

/** From the file, since the stack itself remembers no more than the newest. */
function counted(name: string): number {
  const files = ['metrics.jsonl.1', 'metrics.jsonl'].map((file) => join(stack.dataFolder, file)).filter(existsSync);
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean));
  return lines.reduce((sum, line) => {
    const count = (JSON.parse(line) as Json)[name];
    return sum + (typeof count === 'number' ? count : 0);
  }, 0);
}
