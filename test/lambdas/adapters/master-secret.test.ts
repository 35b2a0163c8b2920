import { masterSecret } from '../../../lambdas/adapters/master-secret';
import { master, startSecretServer, type SecretServer } from './support/secret-server';

let secrets: SecretServer;
let now = Date.now();
const fresh = () => masterSecret(process.env['MASTER_SECRET_ARN'] ?? '', () => now);
const rotated = { currentNumber: 2, current: 'b'.repeat(40), previous: master.current };

beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' });
  secrets = await startSecretServer();
});
beforeEach(() => (secrets.secret = JSON.stringify(master)));
afterAll(() => secrets.stop());

test('the master is fetched once for all that ask, and kept for five minutes', async () => {
  const secret = fresh();
  const before = secrets.reads;

  expect(await Promise.all([secret.read(), secret.read(), secret.read()])).toEqual([master, master, master]);
  secrets.secret = JSON.stringify(rotated);
  now += 5 * 60_000 - 1;
  expect(await secret.read()).toEqual(master);
  expect(secrets.reads - before).toBe(1);
  now += 1;
  expect(await secret.read()).toEqual(rotated);
});

test('the master that is held serves on where a refresh fails, and is refreshed half a minute later', async () => {
  const secret = fresh();
  await secret.read();
  secrets.secret = undefined;
  now += 5 * 60_000;

  expect(await secret.read()).toEqual(master);
  const asked = secrets.reads;
  expect(await secret.read()).toEqual(master);
  expect(secrets.reads).toBe(asked);
  secrets.secret = JSON.stringify(rotated);
  now += 30_000;
  expect(await secret.read()).toEqual(rotated);
});

test('a master that was never had fails closed, and is asked for again by the next request', async () => {
  const secret = fresh();
  secrets.secret = undefined;

  await expect(secret.read()).rejects.toThrow('the secret store is broken');
  secrets.secret = JSON.stringify(master);
  expect(await secret.read()).toEqual(master);
});

test.each([
  ['is no JSON', 'swordfish-swordfish-swordfish-swordfish', 'not JSON'],
  ['is too short', JSON.stringify({ currentNumber: 1, current: 'swordfish' }), 'wrong at current'],
  ['has no number', JSON.stringify({ current: 'swordfish'.repeat(5) }), 'wrong at currentNumber'],
])('a secret that %s fails closed, with an error that does not tell it', async (_what, text, problem) => {
  secrets.secret = text;

  const failure = fresh().read();
  await expect(failure).rejects.toThrow(problem);
  await expect(failure).rejects.not.toThrow('swordfish');
});
