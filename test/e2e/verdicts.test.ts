import { waitingLimit } from '../../lambdas/domain/conversion/apply';
import { createHmac, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { reasons, type Reason } from '../../lambdas/domain/values/reasons';
import { countsIn } from '../lambdas/adapters/support/captured-lines';
import { synthesized } from './assembly';
import { clientOf, open, type Client, type Json, type Reply } from './client';
import { eventually } from './eventually';
import { insiderOf, type Insider } from './insider';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(60_000);

const day = 24 * 60 * 60 * 1000;
let stack: LocalStack;
let client: Client;
let insider: Insider;
/** Takes any sender. */
let spring: string;

beforeAll(async () => {
  const assembly = await synthesized('dev');
  stack = await startLocalStack({ assembly });
  client = clientOf(stack);
  insider = await insiderOf(stack, assembly);
  spring = await client.campaign();
});
afterAll(() => stack.remove());

const verdictOf = ({ status, body }: Reply) => [status, body['result'], body['reason']];
const expected = (reason: Reason) => [reasons[reason].httpStatus, reasons[reason].result, reason];
const post = (path: string, body: string | URLSearchParams, headers: Record<string, string> = {}): Promise<Reply> =>
  client.call(path, { method: 'POST', body, headers });

describe('what a sender gets wrong is rejected by name, with what to do next', () => {
  const rejections: Partial<Record<Reason, () => Promise<Reply>>> = {
    CLICK_ID_MISSING: () => client.postback({ amount: '1' }),
    CLICK_ID_MALFORMED: () => client.postback({ clickid: 'abc', amount: '1' }),
    CLICK_ID_FORGED: () => client.postback({ clickid: '0'.repeat(32), amount: '1' }),
    MACRO_UNREPLACED: () => client.postback({ clickid: '{clickid}', amount: '1' }),
    AMOUNT_INVALID: async () => client.postback({ clickid: await client.click(spring), amount: '1e3' }),
    CURRENCY_INVALID: async () =>
      client.postback({ clickid: await client.click(spring), amount: '1', currency: 'XQQ' }),
    STATUS_UNKNOWN: async () => client.postback({ clickid: await client.click(spring), status: 'frobbed' }),
    EVENT_UNKNOWN: async () => {
      const strict = await client.campaign({ integration: { strictEvents: true } });
      return client.postback({ clickid: await client.click(strict), event: 'unheard-of' });
    },
    OK_IGNORED: async () => {
      const testing = await client.campaign({ integration: { statuses: { ping: 'ignore' } } });
      return client.postback({ clickid: await client.click(testing), status: 'ping' });
    },
    PARAMETER_CONFLICT: async () => client.call(`/postback?clickid=${await client.click(spring)}&amount=1&amount=2`),
    BODY_INVALID: () => post('/postback', '{"clickid":', { 'content-type': 'application/json' }),
    INTEGRATION_UNKNOWN: async () => client.postback({ clickid: await client.click(spring) }, '/postback/nobody'),
    INTEGRATION_MISMATCH: async () =>
      client.postback({ clickid: await client.click(spring) }, `/postback/${await client.campaign()}`),
    TRANSITION_REFUSED: async () => {
      const clickid = await client.click(spring);
      await client.postback({ clickid, amount: '1', status: 'rejected' });
      return client.postback({ clickid, amount: '1', status: 'reversed' });
    },
    REVERSAL_REFUSED: async () => {
      const clickid = await client.click(spring);
      const refund = (part: number) =>
        client.postback({
          clickid,
          txid: 'T1',
          status: 'reversed',
          amount: String(part),
          timestamp: String(Date.now()),
        });
      for (let waiting = 1; waiting <= waitingLimit; waiting++) await refund(waiting);
      return refund(waitingLimit + 1);
    },
    CLICK_EXPIRED: async () => client.postback({ clickid: await insider.storeClick(spring, Date.now() - 91 * day) }),
    TOO_LARGE: () => post('/postback', 'x'.repeat(300 * 1024)),
    AUTH_MISSING: async () => {
      const guarded = await client.campaign({ integration: { auth: { ...open, token: 'required' } } });
      return client.postback({ clickid: await client.click(guarded) });
    },
    AUTH_INVALID: async () => {
      const guarded = await client.campaign({ integration: { auth: { ...open, token: 'required' } } });
      return client.postback({ clickid: await client.click(guarded), token: 'wrong' });
    },
    AUTH_STALE: async () => {
      const guarded = await client.campaign({ integration: { auth: { ...open, hmac: 'required' } } });
      return client.call(await signedQuery(guarded, { clickid: await client.click(guarded) }, -3600));
    },
    IP_NOT_ALLOWED: async () => {
      const auth = { ...open, ip: 'required' };
      const guarded = await client.campaign({ integration: { auth, ipAllowlist: ['203.0.113.0/24'] } });
      return client.postback({ clickid: await client.click(guarded) });
    },
  };
  const refused = Object.keys(rejections) as (keyof typeof rejections)[];

  test('this list holds every reason of a 4xx but the two that no request of one sender can meet', () => {
    const all = (Object.keys(reasons) as Reason[]).filter(
      (reason) => Math.floor(reasons[reason].httpStatus / 100) === 4,
    );
    // One comes an hour later, in the log; the other is for the platform to say.
    expect(all.filter((reason) => !refused.includes(reason))).toEqual(['CLICK_NOT_FOUND', 'RATE_LIMITED']);
  });

  test.each(refused)('%s', async (reason) => {
    const answer = await rejections[reason]?.();

    expect(answer && verdictOf(answer)).toEqual(expected(reason));
    expect(String(answer?.body['message']).length).toBeGreaterThan(20);
    expect(await client.logRow(answer?.body['requestId'])).toMatchObject({
      reason,
      httpStatus: reasons[reason].httpStatus,
      message: expect.any(String),
    });
  });
});

async function keysOf(integration: string): Promise<{ token: string; kid: string; secret: string }> {
  const { body } = await client.admin('POST', `/integrations/${integration}/credentials`);
  const { token, hmac } = body as { token: string; hmac: { kid: string; secret: string } };
  return { token, ...hmac };
}

async function signedQuery(
  integration: string,
  fields: Readonly<Record<string, string>>,
  ageSeconds = 0,
): Promise<string> {
  const { kid, secret } = await keysOf(integration);
  const path = `/postback/${integration}`;
  const ts = String(Math.floor(Date.now() / 1000) + ageSeconds);
  const raw = new URLSearchParams({ ...fields, ts, kid }).toString();
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `${path}?${raw}&sig=${createHmac('sha256', key).update(`v1.GET.${path}.${raw}`).digest('hex')}`;
}

describe('a token', () => {
  test('that is required is taken from the query or from the header, and no other is', async () => {
    const guarded = await client.campaign({ integration: { auth: { ...open, token: 'required' } } });
    const { token } = await keysOf(guarded);
    const clickid = await client.click(guarded);
    const bearer = (sent: string) =>
      client.call(`/postback?clickid=${clickid}&txid=B`, { headers: { authorization: `Bearer ${sent}` } });

    expect(verdictOf(await client.postback({ clickid, token, txid: 'A' }))).toEqual(expected('OK'));
    expect(verdictOf(await bearer(`x${token}`))).toEqual(expected('AUTH_INVALID'));
    expect(verdictOf(await bearer(token))).toEqual(expected('OK'));
  });

  test('that is only to be reported warns and lets pass', async () => {
    const watched = await client.campaign({ integration: { auth: { ...open, token: 'report' } } });
    const answer = await client.postback({ clickid: await client.click(watched), token: 'wrong' });

    expect(verdictOf(answer)).toEqual(expected('OK'));
    expect(answer.body['warnings']).toContainEqual(expect.objectContaining({ code: 'AUTH_WOULD_REFUSE' }));
  });

  test('is asked for where the integration says nothing', async () => {
    const usual = await client.campaign({ integration: { auth: undefined } });

    expect(verdictOf(await client.postback({ clickid: await client.click(usual) }))).toEqual(expected('AUTH_MISSING'));
  });

  test('of the key before the last rotation passes with a warning, and of the one before that not', async () => {
    const guarded = await client.campaign({ integration: { auth: { ...open, token: 'required' } } });
    const clickid = await client.click(guarded);
    const { token } = await keysOf(guarded);
    await client.admin('POST', `/integrations/${guarded}/keys`);

    const answer = await client.postback({ clickid, token });
    expect(verdictOf(answer)).toEqual(expected('OK'));
    expect(answer.body['warnings']).toContainEqual(expect.objectContaining({ code: 'KEY_RETIRING' }));
    await client.admin('POST', `/integrations/${guarded}/keys`);
    expect(verdictOf(await client.postback({ clickid, token, txid: 'B' }))).toEqual(expected('AUTH_INVALID'));
  });
});

describe('a signature', () => {
  let guarded: string;
  beforeAll(async () => {
    guarded = await client.campaign({ integration: { auth: { ...open, hmac: 'required' } } });
  });

  test('over a GET passes, and what it covers cannot be changed', async () => {
    const clickid = await client.click(guarded);
    const signed = await signedQuery(guarded, { clickid, amount: '1', txid: '+ &' });

    expect(verdictOf(await client.call(signed.replace('amount=1', 'amount=9')))).toEqual(expected('AUTH_INVALID'));
    expect(verdictOf(await client.call(`${signed}&status=reversed`))).toEqual(expected('AUTH_INVALID'));
    expect(verdictOf(await client.call(signed))).toEqual(expected('OK'));
    expect(await client.conversions(clickid)).toMatchObject([{ amount: '1', transactionId: '+ &' }]);
  });

  test('by the library of Standard Webhooks over a POST passes, and what it covers cannot be changed', async () => {
    const { secret } = await keysOf(guarded);
    const webhook = new Webhook(secret);
    const clickid = await client.click(guarded);
    const send = (body: string, signedBody = body, at = new Date()) => {
      const id = `msg_${randomUUID()}`;
      return post(`/postback/${guarded}`, body, {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, at, signedBody),
      });
    };
    const body = JSON.stringify({ clickid, amount: 7.25 });

    expect(verdictOf(await send(JSON.stringify({ clickid, amount: 9 }), body))).toEqual(expected('AUTH_INVALID'));
    expect(verdictOf(await send(body, body, new Date(Date.now() - 3_600_000)))).toEqual(expected('AUTH_STALE'));
    expect(verdictOf(await send(body))).toEqual(expected('OK'));
    expect(await client.conversions(clickid)).toMatchObject([{ amount: '7.25' }]);
  });

  test('that is missing is told', async () => {
    const clickid = await client.click(guarded);

    expect(verdictOf(await client.postback({ clickid }))).toEqual(expected('AUTH_MISSING'));
    expect(verdictOf(await post('/postback', JSON.stringify({ clickid })))).toEqual(expected('AUTH_MISSING'));
  });
});

test('an address on the allowlist passes; one that is not is only reported where the integration says so', async () => {
  const tiers = async (ip: string, ipAllowlist: readonly string[]) => {
    const id = await client.campaign({ integration: { auth: { ...open, ip }, ipAllowlist } });
    return client.postback({ clickid: await client.click(id) });
  };

  expect(verdictOf(await tiers('required', ['127.0.0.0/8', '::1/128']))).toEqual(expected('OK'));
  const reported = await tiers('report', ['203.0.113.0/24']);
  expect(verdictOf(reported)).toEqual(expected('OK'));
  expect(reported.body['warnings']).toContainEqual(expect.objectContaining({ code: 'AUTH_WOULD_REFUSE' }));
});

describe('a batch', () => {
  async function rowsOf(batchId: unknown, count: number): Promise<readonly Json[]> {
    return eventually(`${count} rows of the batch are judged`, async () => {
      const { items } = await client.admin('GET', `/postbacks?integration=${spring}&limit=100`);
      const rows = items.filter((row) => row['batchId'] === batchId && row['reason'] !== 'PENDING_BATCH');
      return rows.length === count && rows;
    });
  }

  test.each([
    ['JSON', 'application/json', (rows: readonly Json[]) => JSON.stringify(rows)],
    ['NDJSON', 'application/x-ndjson', (rows: readonly Json[]) => rows.map((row) => JSON.stringify(row)).join('\n')],
    [
      'CSV',
      'text/csv',
      (rows: readonly Json[]) =>
        [
          'clickid,amount,txid',
          ...rows.map((row) => `${String(row['clickid'])},${String(row['amount'])},${String(row['txid'])}`),
        ].join('\r\n'),
    ],
  ])('in %s is acknowledged, and the verdict of each row stands in the log', async (_what, type, write) => {
    const [first, second] = [await client.click(spring), await client.click(spring)];
    const sent = [
      { clickid: first, amount: '1.10', txid: 'A' },
      { clickid: second, amount: '12.345678', txid: 'B' },
      { clickid: first, amount: 'x', txid: 'C' },
      { clickid: '0'.repeat(32), amount: '1', txid: 'D' },
    ];

    const answer = await post(`/postbacks/${spring}`, write(sent), { 'content-type': type });

    expect(verdictOf(answer)).toEqual(expected('PENDING_BATCH'));
    const receipts = answer.body['rows'] as readonly Json[];
    expect(receipts.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'PENDING_BATCH'],
      [2, 'PENDING_BATCH'],
      [3, 'PENDING_BATCH'],
      [4, 'CLICK_ID_FORGED'],
    ]);
    const rows = await rowsOf(answer.body['batchId'], 4);
    const reasonOf = (receipt: Json) => rows.find(({ requestId }) => requestId === receipt['requestId'])?.['reason'];
    expect(receipts.map(reasonOf)).toEqual(['OK', 'OK', 'AMOUNT_INVALID', 'CLICK_ID_FORGED']);
    expect(await client.conversions(second)).toMatchObject([{ amount: '12.345678', transactionId: 'B' }]);
  });

  test('that is sent twice counts once', async () => {
    const clickid = await client.click(spring);
    const body = JSON.stringify([{ clickid, amount: '2', txid: 'twice' }]);

    const [one, two] = [await post(`/postbacks/${spring}`, body), await post(`/postbacks/${spring}`, body)];

    const rows = [...(await rowsOf(one.body['batchId'], 1)), ...(await rowsOf(two.body['batchId'], 1))];
    expect(rows.map(({ result }) => result).sort()).toEqual(['duplicate', 'recorded']);
    expect(await client.conversions(clickid)).toMatchObject([{ amount: '2' }]);
  });

  test('needs the token that its integration asks for', async () => {
    const guarded = await client.campaign({ integration: { auth: { ...open, token: 'required' } } });
    const body = JSON.stringify([{ clickid: await client.click(guarded), amount: '1' }]);
    const { token } = await keysOf(guarded);

    expect(verdictOf(await post(`/postbacks/${guarded}`, body))).toEqual(expected('AUTH_MISSING'));
    expect(verdictOf(await post(`/postbacks/${guarded}?token=${token}`, body))).toEqual(expected('PENDING_BATCH'));
  });
});

test('a genuine click ID whose click is not here is kept, and recorded once the click comes', async () => {
  const clickid = insider.mint();
  const answer = await client.postback({ clickid, amount: '1' });

  expect(verdictOf(answer)).toEqual(expected('PENDING_UNMATCHED'));
  expect(await client.logRow(answer.body['requestId'])).toMatchObject({ reason: 'PENDING_UNMATCHED', attempts: 1 });
  await insider.storeClick(spring, Date.now() - 1000, clickid);
  const row = await eventually('it is judged again', async () => {
    const found = await client.logRow(answer.body['requestId']);
    return found['result'] === 'recorded' && found;
  });
  const [kept] = await client.conversions(clickid);
  expect(row).toMatchObject({ reason: 'OK', httpStatus: 200, attempts: 2 });
  // What counts is when it came, not when it could be judged.
  expect(kept?.['recordedAt']).toBe(row['receivedAt']);
});

test('64 identical postbacks at once record exactly one', async () => {
  const fields = { clickid: await client.click(spring), amount: '5', txid: 'race' };
  const answers = await Promise.all(Array.from({ length: 64 }, () => client.postback(fields)));

  expect(answers.map(({ body }) => body['result']).sort()).toEqual([
    ...Array.from({ length: 63 }, () => 'duplicate'),
    'recorded',
  ]);
  expect(await client.conversions(fields.clickid)).toMatchObject([{ amount: '5' }]);
});

test('everything that was counted is a metric of the contract, one dimension each', async () => {
  const metrics = await stack.metrics();

  expect(Object.keys(countsIn(metrics.map(({ record }) => record))).length).toBeGreaterThan(3);
});
