import { synthesized } from './assembly';
import { clientOf, type Client, type Reply } from './client';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(60_000);

let stack: LocalStack;
let client: Client;

beforeAll(async () => {
  stack = await startLocalStack({ assembly: await synthesized('dev') });
  client = clientOf(stack);
});
afterAll(() => stack.remove());

/** A query, or a JSON body. `X` is the click ID. */
type Request = string | object;

function send(request: Request, integration: string, clickId: string): Promise<Reply> {
  const path = `/postback/${integration}`;
  const filled = (text: string): string => text.replaceAll('X', clickId);
  if (typeof request === 'string') return client.call(`${path}?${filled(request)}`);
  const headers = { 'content-type': 'application/json' };
  return client.call(path, { method: 'POST', headers, body: filled(JSON.stringify(request)) });
}

/** What stands, in a line for each conversion: transaction, status, amount, currency. */
async function standing(clickId: string): Promise<readonly string[]> {
  const all = await client.conversions(clickId);
  return all
    .map(({ transactionId, status, amount, currency }) =>
      [transactionId, status, amount, currency].filter((part) => typeof part === 'string').join(' '),
    )
    .sort();
}

const sale = 'clickid=X&txid=A&amount=100';

test.each<readonly [habit: string, requests: readonly Request[], stands: readonly string[]]>([
  [
    'an order that is cancelled by an event of its own',
    [sale, `${sale}&event=order_cancelled`],
    ['A rejected 100 USD'],
  ],
  ['a refund by a word that is put together', [sale, `${sale}&event=payment_refunded`], ['A reversed 100 USD']],
  ['a refund that another parameter tells', [sale, `${sale}&transaction_type=refund`], ['A reversed 100 USD']],
  ['a chargeback that is a flag', [sale, `${sale}&is_chargeback=1`], ['A reversed 100 USD']],
  [
    'an order and its amount in an object',
    [{ clickid: 'X', order: { order_id: 'A', amount: '5' } }],
    ['A approved 5 USD'],
  ],
  [
    'two orders under the number that their shop gives them',
    ['clickid=X&amount=5&order_number=1', 'clickid=X&amount=5&order_number=2'],
    ['1 approved 5 USD', '2 approved 5 USD'],
  ],
  [
    'two months of a subscription',
    ['clickid=X&amount=5&event=subscription_renewed&month=1', 'clickid=X&amount=5&event=subscription_renewed&month=2'],
    ['approved 5 USD', 'approved 5 USD'],
  ],
  ['a list of one event', [[{ clickid: 'X', amount: 5, order_id: 'A' }]], ['A approved 5 USD']],
])('%s', async (_, requests, stands) => {
  const id = await client.campaign();
  const clickId = await client.click(id);
  for (const request of requests) {
    const { body } = await send(request, id, clickId);
    expect(body['result']).toMatch(/^(recorded|updated)$/);
  }
  expect(await standing(clickId)).toEqual(stands);
});

test('JSON in base64, as payment systems put it into a form', async () => {
  const id = await client.campaign();
  const clickId = await client.click(id);
  const data = Buffer.from(JSON.stringify({ clickid: clickId, amount: 5, order_id: 'A' })).toString('base64');
  const body = new URLSearchParams({ data, signature: 'abc' });
  await client.call(`/postback/${id}`, { method: 'POST', body });
  expect(await standing(clickId)).toEqual(['A approved 5 USD']);
});

describe('what was rejected names the setting, and a replay with it counts once', () => {
  test.each<readonly [habit: string, request: Request, setting: object, stands: readonly string[]]>([
    [
      'an amount with a currency beside it',
      'clickid=X&txid=A&amount=%2412.50',
      { amountFormat: '1,234.56' },
      ['A approved 12.5 USD'],
    ],
    [
      'an amount with blanks between its thousands',
      'clickid=X&txid=A&amount=1%20234,56',
      { amountFormat: '1.234,56' },
      ['A approved 1234.56 USD'],
    ],
    [
      'a currency that is no code',
      'clickid=X&txid=A&amount=5&currency=dollar',
      { currencies: { dollar: 'USD' } },
      ['A approved 5 USD'],
    ],
    [
      'an amount in an object',
      { clickid: 'X', txid: 'A', amount: { value: '5' } },
      { parameters: { amount: ['amount.value'] } },
      ['A approved 5 USD'],
    ],
    [
      'a status of its own',
      'clickid=X&txid=A&amount=5&status=ftd',
      { statuses: { ftd: 'approved' } },
      ['A approved 5 USD'],
    ],
    [
      'a refund that was asked for',
      'clickid=X&txid=A&event=refund_requested',
      { events: { refund_requested: 'ignore' } },
      [],
    ],
  ])('%s', async (_, request, setting, stands) => {
    const id = await client.campaign();
    const clickId = await client.click(id);
    const { body } = await send(request, id, clickId);
    expect(body).toMatchObject({ result: 'rejected' });
    for (const name of Object.keys(setting)) expect(String(body['message'])).toContain(name);

    const { body: document } = await client.admin('GET', `/integrations/${id}`);
    expect((await client.admin('PUT', `/integrations/${id}`, { ...document, ...setting })).status).toBe(200);
    const filter = { clickId, since: new Date(Date.now() - 600_000).toISOString() };
    for (let time = 0; time < 2; time++) {
      expect((await client.admin('POST', '/postbacks/replay', { filter, dryRun: false })).status).toBe(200);
      expect(await standing(clickId)).toEqual(stands);
    }
  });
});
