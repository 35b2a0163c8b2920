import { createHmac } from 'node:crypto';
import { clickIdIn, loadFunctions, type Answered, type Functions } from './support/functions';
import { capturePrinted } from './support/printed';
import { firstMaster, startWire, type Wire } from './support/wire';

interface Connection {
  readonly token: string;
  readonly hmac: { readonly kid: string; readonly secret: string };
}

interface Verdict {
  readonly result: string;
  readonly reason: string;
  readonly requestId: string;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

let wire: Wire;
let functions: Functions;
let printed: ReturnType<typeof capturePrinted>;
let transactions = 0;

beforeAll(async () => {
  wire = await startWire();
  functions = loadFunctions();
  for (const [id, auth] of [
    ['acme', { token: 'required' }],
    ['signer', { token: 'off', hmac: 'required' }],
  ] as const) {
    await functions.admin('PUT', `/integrations/${id}`, { name: id, preset: 'generic', currency: 'USD', auth });
    const offers = [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 1 }];
    await functions.admin('PUT', `/campaigns/${id}`, { name: id, integration: id, status: 'active', offers });
  }
});
afterAll(() => wire.stop());
beforeEach(() => {
  printed = capturePrinted();
});
afterEach(() => printed.release());

const newClick = async (campaign: string): Promise<string> =>
  clickIdIn(await functions.click({ path: `/c/${campaign}` }));
const verdictOf = ({ body }: Answered): Verdict => JSON.parse(body) as Verdict;
const codes = ({ warnings }: Verdict): readonly string[] => warnings.map(({ code }) => code);

async function connection(id: string): Promise<Connection> {
  return JSON.parse((await functions.admin('POST', `/integrations/${id}/credentials`)).body) as Connection;
}
async function rotate(id: string): Promise<Connection> {
  return JSON.parse((await functions.admin('POST', `/integrations/${id}/keys`)).body) as Connection;
}

async function withToken(clickId: string, token: string): Promise<Verdict> {
  transactions += 1;
  const query = `clickid=${clickId}&amount=1&txid=t${transactions}&token=${token}`;
  return verdictOf(await functions.postback({ path: '/postback/acme', query }));
}

async function signed(clickId: string, { kid, secret }: Connection['hmac']): Promise<Verdict> {
  transactions += 1;
  const text = `clickid=${clickId}&amount=1&txid=t${transactions}&ts=${Math.floor(Date.now() / 1000)}&kid=${kid}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const sig = createHmac('sha256', key).update(`v1.GET./postback/signer.${text}`).digest('hex');
  return verdictOf(await functions.postback({ path: '/postback/signer', query: `${text}&sig=${sig}` }));
}

describe('when the keys of an integration are rotated', () => {
  test('the old token and the new are both taken, the old one with a warning, and a third is rejected', async () => {
    const clickId = await newClick('acme');
    const { token: first } = await connection('acme');
    const { token: second } = await rotate('acme');
    const [byFirst, bySecond] = [await withToken(clickId, first), await withToken(clickId, second)];
    expect([byFirst.reason, codes(byFirst)]).toEqual(['OK', ['KEY_RETIRING']]);
    expect([bySecond.reason, codes(bySecond)]).toEqual(['OK', []]);

    const { token: third } = await rotate('acme');
    expect((await withToken(clickId, first)).reason).toBe('AUTH_INVALID');
    expect((await withToken(clickId, second)).reason).toBe('OK');
    expect((await withToken(clickId, third)).reason).toBe('OK');
  });

  test('the same holds for signatures', async () => {
    const clickId = await newClick('signer');
    const { hmac: first } = await connection('signer');
    const { hmac: second } = await rotate('signer');
    expect(codes(await signed(clickId, first))).toEqual(['KEY_RETIRING']);
    expect(codes(await signed(clickId, second))).toEqual([]);
    await rotate('signer');
    const refused = await signed(clickId, first);
    expect(refused.reason).toBe('AUTH_INVALID');
    expect(JSON.stringify(refused)).toContain('The live keys are k3, k2');
  });

  test('the log tells which key each sender showed, so that on-call sees when the old one is safe to drop', async () => {
    // Fewer hours are fewer reads: each has its time limit, also on a busy machine.
    const hourAgo = new Date(Date.now() - 60 * 60_000).toISOString();
    const { items } = JSON.parse(
      (await functions.admin('GET', `/postbacks?integration=signer&result=recorded&since=${hourAgo}`)).body,
    ) as {
      items: readonly { keyId?: string }[];
    };
    expect(items.map(({ keyId }) => keyId)).toEqual(['k2', 'k1']);
  });

  test('the list of keys tells when each live key was last used, by a batch too, and nothing of who was rejected', async () => {
    const put = { name: 'batcher', preset: 'generic', currency: 'USD', auth: { token: 'required' } };
    await functions.admin('PUT', '/integrations/batcher', put);
    const { token } = await rotate('batcher');
    const sendBatch = (shown: string): Promise<Answered> =>
      functions.postback({
        path: '/postbacks/batcher',
        query: `token=${shown}`,
        method: 'POST',
        body: '[{"clickid":"x"}]',
      });
    const keys = async (): Promise<unknown> => {
      const list = JSON.parse((await functions.admin('GET', '/integrations/batcher/keys')).body) as { items: unknown };
      return list.items;
    };

    await sendBatch(token.replace(/.$/, 'x'));
    expect(await keys()).toEqual([
      { kid: 'k2', current: true },
      { kid: 'k1', current: false },
    ]);
    await sendBatch(token);
    expect(await keys()).toEqual([
      { kid: 'k2', current: true, lastUsedAt: expect.stringMatching(/^20/) },
      { kid: 'k1', current: false },
    ]);
  });
});

describe('when the master is rotated', () => {
  const secondMaster = {
    currentNumber: 2,
    current: 'the second master of these tests, forty one',
    previous: firstMaster.current,
  };
  const thirdMaster = {
    currentNumber: 3,
    current: 'the third master of these tests, forty let.',
    previous: secondMaster.current,
  };

  test('click IDs, tokens and waiting postbacks from before stay good, new ones come from the new, and the one before that ends', async () => {
    const old = { clickId: await newClick('acme'), token: (await connection('acme')).token };
    wire.forget();
    wire.brokenTables.add('Conversions');
    const waiting = await withToken(old.clickId, old.token);
    expect(waiting.reason).toBe('PENDING_RETRY');
    wire.brokenTables.clear();
    const parked = [...wire.messages];

    wire.masterSecret = JSON.stringify(secondMaster);
    functions = loadFunctions();
    const byOld = await withToken(old.clickId, old.token);
    // The key number is the same under both masters: the warning tells them apart.
    expect([byOld.reason, codes(byOld)]).toEqual(['OK', ['KEY_RETIRING']]);
    await functions.retry(parked);
    const row = await functions.admin('GET', `/postbacks/${waiting.requestId}`);
    expect(JSON.parse(row.body)).toMatchObject({ result: 'recorded', reason: 'OK', attempts: 2 });

    const { token } = await connection('acme');
    expect(token).not.toBe(old.token);
    const fresh = await newClick('acme');
    expect(codes(await withToken(fresh, token))).toEqual([]);

    wire.masterSecret = JSON.stringify(thirdMaster);
    functions = loadFunctions();
    expect((await withToken(fresh, token)).reason).toBe('OK');
    expect((await withToken(fresh, old.token)).reason).toBe('AUTH_INVALID');
    expect((await withToken(old.clickId, token)).reason).toBe('CLICK_ID_FORGED');
  });

  test('what was queued as proven is recorded as proven, however often keys and master were rotated while it waited', async () => {
    wire.masterSecret = JSON.stringify(firstMaster);
    functions = loadFunctions();
    const [byToken, bySignature] = [await newClick('acme'), await newClick('signer')];
    const [{ token }, { hmac }] = [await connection('acme'), await connection('signer')];
    wire.forget();
    wire.brokenTables.add('Conversions');
    const waiting = [await withToken(byToken, token), await signed(bySignature, hmac)];
    wire.brokenTables.clear();
    expect(waiting.map(({ reason }) => reason)).toEqual(['PENDING_RETRY', 'PENDING_RETRY']);

    for (const id of ['acme', 'signer', 'acme', 'signer']) await rotate(id);
    wire.masterSecret = JSON.stringify({ ...thirdMaster, older: [firstMaster.current] });
    functions = loadFunctions();
    expect((await withToken(byToken, token)).reason).toBe('AUTH_INVALID');
    await functions.retry([...wire.messages]);
    for (const { requestId } of waiting) {
      const row = JSON.parse((await functions.admin('GET', `/postbacks/${requestId}`)).body) as object;
      expect(row).toMatchObject({ result: 'recorded', reason: 'OK', keyId: expect.any(String) });
    }
  });

  test('functions that hold the secret of a moment ago believe what those make that hold the new one', async () => {
    const announced = { ...firstMaster, next: secondMaster.current };
    wire.masterSecret = JSON.stringify(announced);
    const behind = loadFunctions();
    expect(codes(verdictOf(await behind.postback({ path: '/postback/acme', query: 'clickid=x' })))).toEqual([]);
    wire.masterSecret = JSON.stringify(secondMaster);
    functions = loadFunctions();
    const [clickId, { token }] = [await newClick('acme'), await connection('acme')];
    wire.forget();
    wire.brokenTables.add('Conversions');
    const waiting = await withToken(clickId, token);
    wire.brokenTables.clear();
    functions = behind;
    await functions.retry(wire.messages);
    const row = await functions.admin('GET', `/postbacks/${waiting.requestId}`);
    expect(JSON.parse(row.body)).toMatchObject({ result: 'recorded' });
    expect(await withToken(clickId, token)).toMatchObject({ reason: 'OK', warnings: [] });
  });

  test('and the key material is not to be had, what nobody can check is not recorded', async () => {
    wire.masterSecret = 'no JSON at all';
    functions = loadFunctions();
    const verdict = verdictOf(await functions.postback({ path: '/postback/acme', query: 'clickid=x&token=y' }));
    expect(verdict).toMatchObject({ result: 'error', reason: 'SYSTEM_ERROR' });
    const visitor = await functions.click({ path: '/c/acme' });
    expect([visitor.status, visitor.headers['location']]).toEqual([302, 'https://shop.example/?sub=']);
    expect(printed.text()).not.toContain('no JSON at all');
  });
});
