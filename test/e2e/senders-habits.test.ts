import { gzipSync } from 'node:zlib';
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

/** A query, a path with one, or a POST. `X` is the click ID. */
type Request =
  | string
  | { readonly json: unknown }
  | {
      readonly body: (clickId: string) => NonNullable<RequestInit['body']>;
      readonly headers?: Readonly<Record<string, string>>;
    };

async function send(request: Request, integration: string, clickId: string): Promise<Reply> {
  const path = `/postback/${integration}`;
  const filled = (text: string): string => text.replaceAll('X', clickId);
  if (typeof request === 'string') {
    return client.call(request.startsWith('/') ? filled(request) : `${path}?${filled(request)}`);
  }
  if ('json' in request) {
    const headers = { 'content-type': 'application/json' };
    return client.call(path, { method: 'POST', headers, body: filled(JSON.stringify(request.json)) });
  }
  const { body, headers = {} } = request;
  return client.call(path, { method: 'POST', headers, body: body(clickId) });
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

type Case = readonly [habit: string, integration: object, requests: readonly Request[], stands: readonly string[]];

function habits(cases: readonly Case[]): void {
  test.each(cases.map((one) => [...one] as const))('%s', async (_, integration, requests, stands) => {
    const id = await client.campaign({ integration });
    const clickId = await client.click(id);
    for (const request of requests) await send(request, id, clickId);
    expect(await standing(clickId)).toEqual(stands);
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const five = ['approved 5 USD'];
const formOf = (text: string): Request => ({ body: (x) => text.replaceAll('X', x), headers: form });
const json = (x: string): string => JSON.stringify({ clickid: x, amount: '5' });

describe('the money is found where the click is', () => {
  const sales = encodeURIComponent('[{"t":"120.50","o":"ORD_1"},{"t":"30","o":"ORD_2"}]');
  habits([
    [
      'beside the click ID',
      {},
      [{ json: { data: { clickid: 'X', amount: '5', order_id: 'A' } } }],
      ['A approved 5 USD'],
    ],
    ['brackets of PHP', {}, [formOf('order[clickid]=X&order[amount]=5')], five],
    ['blanks in names', {}, [{ json: { 'Click ID': 'X', Amount: 5, 'Order ID': 'A' } }], ['A approved 5 USD']],
    ['entities between parameters', {}, ['clickid=X&%23038;amount=5&amp;txid=A'], ['A approved 5 USD']],
    ['the rest encoded into the click ID', {}, ['clickid=X%26amount%3D5%26txid%3DA'], ['A approved 5 USD']],
    ['CAKE', { preset: 'cake' }, ['/p.ashx?o=12&f=pb&t=L77&r=X&ap=12.34'], ['L77 approved 12.34 USD']],
    [
      'several sales in one',
      { preset: 'post-affiliate-pro' },
      [`/scripts/track.php?visitorId=X&sales=${sales}`],
      ['ORD_1 approved 120.5 USD', 'ORD_2 approved 30 USD'],
    ],
  ]);

  test.each(['commission=5', 'order_total=5', 'saleamount=5', 'betrag=5', 'x=12.50', 'payment%5Bvalue%5D=5'])(
    'a number that nothing reads is named: %s',
    async (query) => {
      const id = await client.campaign();
      const { body } = await send(`clickid=X&${query}`, id, await client.click(id));
      expect(body['warnings']).toEqual([expect.objectContaining({ code: 'AMOUNT_UNREAD' })]);
    },
  );
});

describe('amounts as senders write them', () => {
  const amounts: readonly [format: string | undefined, sent: string, read: string][] = [
    [undefined, '836.9999999999998', '837'],
    ['1,234.56', '1,234.56', '1234.56'],
    ['1.234,56', '1.234,56', '1234.56'],
    ['minor', '1999', '19.99'],
    ['float', '1.5E1', '15'],
  ];
  habits(
    amounts.map(([amountFormat, sent, read]): Case => {
      const integration = amountFormat === undefined ? {} : { amountFormat };
      return [`${sent} in ${amountFormat}`, integration, [`clickid=X&amount=${sent}`], [`approved ${read} USD`]];
    }),
  );
  habits([
    ['RUR', {}, ['clickid=X&amount=5&currency=RUR'], ['approved 5 RUB']],
    ['a code of its own', { currencies: { PES: 'ARS' } }, ['clickid=X&amount=5&currency=PES'], ['approved 5 ARS']],
    ['null as currency and time', {}, ['clickid=X&amount=5&currency=null&timestamp=null'], five],
  ]);
});

describe('what is taken back', () => {
  const sale = 'clickid=X&txid=T1&amount=100';
  habits([
    [
      'an event of refund',
      {},
      ['clickid=X&txid=T1&amount=100&event=sale', 'clickid=X&txid=T1&event=refund'],
      ['T1 reversed 100 USD'],
    ],
    ['a transaction of its own', {}, [sale, 'clickid=X&txid=R1&status=refunded'], ['T1 reversed 100 USD']],
    ['no transaction', {}, [sale, 'clickid=X&status=refunded'], ['T1 reversed 100 USD']],
    ['a part', {}, [sale, 'clickid=X&txid=T1&amount=30&status=refund'], ['T1 approved 70 USD']],
    [
      'the whole, as set',
      { reversals: 'whole' },
      [sale, 'clickid=X&txid=T1&amount=30&status=refund'],
      ['T1 reversed 100 USD'],
    ],
    ['before its sale', {}, ['clickid=X&txid=T1&status=chargeback', sale], ['T1 reversed 100 USD']],
    ['the sale again', {}, [sale, `${sale}&status=refunded`, sale], ['T1 reversed 100 USD']],
    ['a negative rejection', {}, [sale, 'clickid=X&txid=T1&amount=-100&status=rejected'], ['T1 rejected 100 USD']],
    [
      'CPX Research',
      { preset: 'cpx-research' },
      ['subid_1=X&status=1&trans_id=9&amount_usd=2.5&type=complete', 'subid_1=X&status=2&trans_id=9&type=out'],
      ['9 reversed 2.5 USD'],
    ],
    [
      'PayPal',
      { preset: 'paypal' },
      [
        formOf('txn_type=web_accept&payment_status=Completed&txn_id=P1&mc_gross=100&custom=X'),
        formOf('payment_status=Refunded&parent_txn_id=P1&txn_id=P2&mc_gross=-30&custom=X'),
      ],
      ['P1 approved 70 USD'],
    ],
  ]);
});

describe('repeats', () => {
  const retried = 'clickid=X&txid=1&amount=5';
  habits([
    [
      'a second rebill',
      {},
      ['clickid=X&event=rebill&amount=5', 'clickid=X&event=rebill&amount=5&n=2'],
      [...five, ...five],
    ],
    [
      'a retry where amounts add up',
      { duplicates: { default: 'increment' } },
      [retried, retried],
      ['1 approved 5 USD'],
    ],
    ['a retry where each counts', { duplicates: { default: 'separate' } }, [retried, retried], ['1 approved 5 USD']],
  ]);
});

describe('something around the click ID', () => {
  const around = [
    '%22X%22',
    '{X}',
    'ttclid(X)',
    'X/',
    '%5BX%5D',
    '(X)',
    "'X'",
    'X%00',
    'https%3A%2F%2Fshop.example%2F%3Fs%3DX',
  ];
  habits(around.map((sent): Case => [sent, {}, [`clickid=${sent}&amount=5`], five]));
});

describe('bodies', () => {
  const multipart = (x: string): FormData => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ clickid: x, amount: '5' })) body.set(name, value);
    return body;
  };
  habits([
    ["PHP's curl with an array", {}, [{ body: multipart }], five],
    [
      'gzip',
      {},
      [
        {
          body: (x) => new Uint8Array(gzipSync(`clickid=${x}&amount=5`)),
          headers: { ...form, 'content-encoding': 'gzip' },
        },
      ],
      five,
    ],
    ['JSON called text, behind a byte order mark', {}, [{ body: (x) => `\ufeff${json(x)}` }], five],
    ['JSON as the name of a form', {}, [{ body: (x) => encodeURIComponent(json(x)), headers: form }], five],
    [
      'JSON in the value of a form',
      {},
      [{ body: (x) => `payload=${encodeURIComponent(json(x))}`, headers: form }],
      five,
    ],
    ['JSON made a text twice', {}, [{ body: (x) => JSON.stringify(json(x)) }], five],
    ['lines', {}, [{ body: (x) => `clickid=${x}\r\namount=5\r\n` }], five],
  ]);
});

describe('placeholders', () => {
  test.each(['__ORDER_ID__', '{order}', '{{order.id}}', '[order_id]', 'ORDER_ID', '$order', '*|ORDER|*', '((order))'])(
    'a macro is no transaction: %s',
    async (macro) => {
      const id = await client.campaign();
      const reply = await send(`clickid=X&amount=5&txid=${encodeURIComponent(macro)}`, id, await client.click(id));
      expect(reply.body['reason']).toBe('MACRO_UNREPLACED');
    },
  );
  habits(
    ['null', 'undefined', 'N/A', '(null)', 'none'].map((nothing): Case => [
      `${nothing} is nothing`,
      {},
      [`clickid=X&amount=5&txid=${nothing}&event=${nothing}`],
      five,
    ]),
  );
});

describe('paths', () => {
  const paths = ['/postback/?', '//postback?', '/POSTBACK?', '/postback&', '/0a52ed5/postback?', '/scripts/track.php?'];
  habits(paths.map((path): Case => [path, {}, [`${path}clickid=X&amount=5`], five]));
});

test('a connection test is ignored, whatever else its template holds', async () => {
  const id = await client.campaign({ integration: { events: { connection_test: 'ignore' } } });
  const clickId = await client.click(id);
  const rest = ['amount={payout}', 'clickid={clickid}&amount={payout}', 'clickid=X&amount={payout}&txid=a&txid=b'];
  for (const query of rest) {
    expect(await send(`event=connection_test&${query}`, id, clickId)).toMatchObject({
      status: 200,
      body: { result: 'ignored', reason: 'OK_IGNORED' },
    });
  }
  expect(await send('event=sale&clickid=X&amount={payout}', id, clickId)).toMatchObject({
    body: { reason: 'MACRO_UNREPLACED' },
  });
  expect(await standing(clickId)).toEqual([]);
});

test('a connection test is answered with the literal, and each result with its own', async () => {
  const reply = { recorded: '1', duplicate: 'DUP', rejected: '0', ignored: 'OK' };
  const id = await client.campaign({ integration: { reply, events: { connection_test: 'ignore' } } });
  const clickId = await client.click(id);
  const texts: string[] = [];
  for (const query of ['event=connection_test', 'clickid=X&txid=1', 'clickid=X&txid=1', 'clickid=X&amount=x']) {
    texts.push((await send(query, id, clickId)).text);
  }
  expect(texts).toEqual(['OK', '1', 'DUP', '0']);
});

test.each(['%7Bclickid%7D', '{{clickid}}', '{click_id}', '{gclid}', 'nothing'])(
  'an offer URL with %s is taken with a warning',
  async (macro) => {
    const id = await client.campaign();
    const offers = [{ id: 'main', url: `https://shop.example/?s=${macro}`, weight: 1 }];
    const { status, body } = await client.admin('PUT', `/campaigns/${id}`, {
      name: id,
      integration: id,
      status: 'active',
      offers,
    });
    expect([status, body['warnings']]).toEqual([200, expect.arrayContaining([expect.anything()])]);
  },
);

test('a preview is no click', async () => {
  const { headers } = await client.call(`/c/${await client.campaign()}`, { headers: { 'x-purpose': 'preview' } });
  expect(headers.get('location')).toBe('https://shop.example/landing?sub=');
});

test.each(['HEAD', 'OPTIONS'])('%s of a postback URL is answered', async (method) => {
  expect((await client.call('/postback', { method })).status).toBe(method === 'HEAD' ? 200 : 204);
});
