import { gzipSync, deflateSync, deflateRawSync, brotliCompressSync } from 'node:zlib';
import { clickId, now, request } from '../support/factories';
import { claimsOf, readPostback, type Given } from '../support/read-postback';

const id = clickId();
const json = (body: unknown): ReturnType<typeof request> => request('', { body: JSON.stringify(body) });
const query = (text: string, given?: Given) => claimsOf(request(`clickid=${id}&${text}`), given);
const message = (sent: ReturnType<typeof request>, given?: Given) => {
  const read = readPostback(sent, given);
  return typeof read === 'string'
    ? read
    : read.flatMap(({ reading }) => reading.warnings.map((warning) => warning.message)).join(' ');
};
const sale = { event: 'conversion', amount: '12.5', warnings: [] };
const warned = (...warnings: readonly string[]) => [{ ...sale, warnings }];

describe('a click ID with something around it', () => {
  test.each([
    `"${id}"`,
    `'${id}'`,
    `{${id}}`,
    `{{${id}}}`,
    `(${id})`,
    `<${id}>`,
    `[${id}]`,
    `ttclid(${id})`,
    `${id}/`,
    `${id}_1`,
    `click=${id};`,
    `https://shop.example/thanks?sub=${id}&x=1`,
    encodeURIComponent(`"${id.toUpperCase()}"`),
  ])('is cut out of %s, with a warning', (value) => {
    expect(claimsOf(request(`clickid=${encodeURIComponent(value)}&amount=12.50`))).toEqual(warned('CLICK_ID_TRIMMED'));
  });

  test.each([
    ['%26amount=12.50', sale],
    ['%26amount%3D12.50%26txid%3DA1', { ...sale, transactionId: 'A1' }],
    ['%2526amount%253D12.50', sale],
    ['%26amp%3Bamount%3D12.50', sale],
    ['%26amp%3Bamount%3D12.50%26amp%3Btxid=A1', { ...sale, transactionId: 'A1' }],
    ['%3Famount%3D12.50', sale],
    ['%26amount%3D12.50%26txid%3DA%2526B', { ...sale, transactionId: 'A&B' }],
    ['%22%26amount%3D12.50', sale],
  ])('has the parameters after it read that were encoded into its value: X%s', (rest, expected) => {
    const warnings = ['CLICK_ID_TRIMMED', 'QUERY_REPAIRED'];
    expect(claimsOf(request(`clickid=${id}${rest}`))).toEqual([{ ...expected, warnings }]);
  });

  test.each([{ clickid: `${id}&amount=12.50` }, { data: { clickid: `${id}&amount=12.50` } }])(
    'has them read in JSON as well',
    (body) => {
      expect(claimsOf(json(body))).toEqual(warned('CLICK_ID_TRIMMED', 'QUERY_REPAIRED'));
    },
  );

  test('has none of them read that also came by itself', () => {
    const sent = request(`clickid=${id}%26amount%3D3%26txid%3DA1&amount=12.50`);
    expect(claimsOf(sent)).toEqual([
      { ...sale, transactionId: 'A1', warnings: ['CLICK_ID_TRIMMED', 'QUERY_REPAIRED'] },
    ]);
  });

  test('has those of a landing page around it left alone', () => {
    const url = encodeURIComponent(`https://shop.example/?c=${id}&amount=5`);
    expect(claimsOf(request(`clickid=${url}&amount=12.50`))).toEqual(warned('CLICK_ID_TRIMMED'));
  });

  test('has nothing read after it that no click ID of ours is before', () => {
    const forged = `${id.slice(0, 31)}${id.endsWith('0') ? '1' : '0'}`;
    expect(claimsOf(request(`clickid=${id}&ref=${forged}%26amount%3D7&amount=12.50`))).toEqual(warned());
  });

  test('is found between percent signs, which are no escapes of its first letters', () => {
    expect(claimsOf(request(`clickid=%25${id}%25&amount=12.50`))).toEqual(warned('CLICK_ID_TRIMMED'));
  });

  test('is found under a name that means nothing, and cut out there as well', () => {
    const sent = request(`amount=12.50&landing=${encodeURIComponent(`https://shop.example/?c=${id}`)}`);
    expect(claimsOf(sent)).toEqual(warned('NAME_GUESSED', 'CLICK_ID_TRIMMED'));
  });

  test('is none where more letters or digits touch it', () => {
    expect(claimsOf(request(`clickid=${id}0`))).toBe('CLICK_ID_MALFORMED');
    expect(claimsOf(request(`clickid=x${id}`))).toBe('CLICK_ID_MALFORMED');
  });

  test('is a conflict where two of them stand in parameters of its name', () => {
    expect(claimsOf(request(`clickid="${id}"&subid={${clickId(2)}}`))).toBe('PARAMETER_CONFLICT');
  });

  test.each(['null', 'undefined', 'N/A', '(null)'])('%s says that there is none', (value) => {
    expect(message(request(`clickid=${value}`))).toMatch(/^CLICK_ID_MISSING: No click ID came: "clickid" holds none/);
  });
});

describe('fields beside the click ID', () => {
  test.each<[string, ReturnType<typeof request>]>([
    ['in an object', json({ event: 'purchase', data: { clickid: id, amount: '12.50', order_id: 'A1' } })],
    [
      'in an object within, further out',
      json({ type: 'purchase', data: { object: { amount: '12.50', order_id: 'A1', metadata: { clickid: id } } } }),
    ],
    ['in an element of a list', json({ event: 'purchase', items: [{ clickid: id, amount: 12.5, order_id: 'A1' }] })],
    ['in PHP brackets', request(`event=purchase&order[clickid]=${id}&order[amount]=12.50&order[order_id]=A1`)],
    [
      'in PHP brackets, encoded',
      request(`event=purchase&order%5Bclickid%5D=${id}&order%5Bamount%5D=12.50&order%5Border_id%5D=A1`),
    ],
    ['in empty brackets', request(`event=purchase&items[][clickid]=${id}&items[][amount]=12.50&items[][order_id]=A1`)],
    [
      'in JSON as a text in a form',
      request('event=purchase', {
        body: `payload=${encodeURIComponent(JSON.stringify({ clickid: id, amount: 12.5, order_id: 'A1' }))}`,
      }),
    ],
    [
      'in JSON as a text in JSON',
      json({ event: 'purchase', data: JSON.stringify({ cid: id, payout: 12.5, oid: 'A1' }) }),
    ],
  ])('are read %s', (_, sent) => {
    expect(claimsOf(sent)).toEqual([{ ...sale, event: 'purchase', transactionId: 'A1' }]);
  });

  test('come before those further out, and another amount there is told', () => {
    const body = { amount: 99, order_id: 'B', data: { clickid: id, amount: '12.50', order_id: 'A1' } };
    expect(claimsOf(json(body))).toEqual([{ ...sale, transactionId: 'A1', warnings: ['ALIAS_IGNORED'] }]);
  });

  test.each<[string, ReturnType<typeof request>]>([
    ['an object', json({ clickid: id, order: { amount: '12.50', order_id: 'A1' } })],
    ['an object of an object', json({ clickid: id, data: { transaction: { amount: 12.5, txid: 'A1' } } })],
    ['objects one within the other', json({ clickid: id, data: { order_id: 'A1', attributes: { amount: 12.5 } } })],
    ['a list of one', json({ clickid: id, events: [{ amount: 12.5, order_id: 'A1' }] })],
    ['an object beside that of the click ID', json({ user: { clickid: id }, order: { amount: 12.5, order_id: 'A1' } })],
    ['PHP brackets', request(`clickid=${id}&order[amount]=12.50&order[order_id]=A1`)],
  ])('are looked for in %s where there are none, with a warning', (_, sent) => {
    expect(claimsOf(sent)).toEqual([{ ...sale, transactionId: 'A1', warnings: ['NAME_GUESSED', 'NAME_GUESSED'] }]);
  });

  test('are not looked for in one of two objects that may hold them', () => {
    const order = { amount: 12.5, order_id: 'A1' };
    expect(claimsOf(json({ clickid: id, things: [order, { amount: 3, order_id: 'A2' }] }))).toEqual([
      { event: 'conversion', warnings: ['AMOUNT_UNREAD'] },
    ]);
    expect(claimsOf(json({ clickid: id, order, payment: { amount: 3 } }))).toMatchObject([
      { warnings: ['AMOUNT_UNREAD'] },
    ]);
  });

  test('are words of the postback itself: a type or status within an order is neither event nor status', () => {
    const order = { amount: 12.5, type: 'card', status: 'shipped' };
    expect(claimsOf(json({ clickid: id, order }))).toEqual([{ ...sale, warnings: ['NAME_GUESSED'] }]);
  });

  test('in the objects of others are not read', () => {
    expect(claimsOf(json({ clickid: id, product: { amount: 5 } }))).toMatchObject([{ warnings: ['AMOUNT_UNREAD'] }]);
  });

  test('of Stripe are read with amountFormat "minor"', () => {
    const object = { id: 'ch_1', amount: 1999, currency: 'usd', status: 'succeeded', metadata: { clickid: id } };
    const given = { integration: { amountFormat: 'minor' } };
    expect(claimsOf(json({ id: 'evt_1', type: 'charge.succeeded', data: { object } }), given)).toEqual([
      { event: 'conversion', status: 'approved', amount: '19.99', currency: 'USD', warnings: [] },
    ]);
  });
});

describe('several conversions in one request', () => {
  const sales = '[{"t":"120.50","o":"ORD_1"},{"t":"30","o":"ORD_2"}]';
  const two = [
    { event: 'conversion', transactionId: 'ORD_1', amount: '120.5', warnings: [] },
    { event: 'conversion', transactionId: 'ORD_2', amount: '30', warnings: [] },
  ];
  const given = { integration: { preset: 'post-affiliate-pro' } };

  test.each([
    ['a query', request(`visitorId=${id}&sales=${encodeURIComponent(sales)}`)],
    ['a form', request('', { body: `visitorId=${id}&sales=${encodeURIComponent(sales)}` })],
    ['JSON', json({ visitorId: id, sales: JSON.parse(sales) })],
    ['JSON as a text in JSON', json({ visitorId: id, sales })],
  ])('are one each: Post Affiliate Pro lists its sales in %s', (_, sent) => {
    expect(claimsOf(sent, given)).toEqual(two);
  });

  test('share what stands beside the list, and say otherwise what they say themselves', () => {
    const sent = json({
      clickid: id,
      currency: 'EUR',
      event: 'sale',
      conversions: [{ amount: 1 }, { amount: 2, event: 'lead' }],
    });
    expect(claimsOf(sent)).toMatchObject([
      { event: 'sale', amount: '1', currency: 'EUR' },
      { event: 'lead', amount: '2', currency: 'EUR' },
    ]);
  });

  test.each(['orders', 'purchases'])('are listed as %s as well', (name) => {
    const list = [
      { order_id: 'A1', amount: 5 },
      { order_id: 'A2', amount: 7 },
    ];
    expect(claimsOf(json({ clickid: id, [name]: list }))).toEqual([
      { event: 'conversion', transactionId: 'A1', amount: '5', warnings: [] },
      { event: 'conversion', transactionId: 'A2', amount: '7', warnings: [] },
    ]);
  });

  test('are bounded: more are a batch', () => {
    const list = Array.from({ length: 51 }, () => ({ amount: 1 }));
    expect(claimsOf(json({ clickid: id, sales: list }))).toBe('TOO_LARGE');
  });

  test('are none where the list is of the items of one order', () => {
    expect(claimsOf(json({ clickid: id, amount: 3, items: [{ amount: 1 }, { amount: 2 }] }))).toMatchObject([
      { amount: '3' },
    ]);
  });
});

describe('an amount that was not read', () => {
  test.each([
    'commission=12.50',
    'ap=12.34',
    'total_price=9',
    'orderTotal=9,50',
    'reward=3',
    'order[price]=%2412.50',
    'x1=12.50',
  ])('is not 0: %s is told', (text) => {
    expect(query(text)).toEqual([{ event: 'conversion', warnings: ['AMOUNT_UNREAD'] }]);
    expect(message(request(`clickid=${id}&${text}`))).toContain(`"${text.split('=')[0]}"`);
  });

  test('is a whole number under any name where those of the system are not known', () => {
    expect(query('points=15')).toEqual([{ event: 'conversion', warnings: ['AMOUNT_UNREAD'] }]);
    const given = { integration: { preset: 'voluum' } };
    expect(query('points=15', given)).toEqual([{ event: 'conversion', warnings: ['AMOUNT_MISSING'] }]);
    expect(query('commission=15', given)).toEqual([{ event: 'conversion', warnings: ['AMOUNT_UNREAD'] }]);
  });

  test.each(['step=3', 'user_level=12', 'sub3=77', 'approved=1', 'ref=483', 'session=123456789'])(
    'is none in %s, which counts or numbers a thing',
    (text) => expect(query(text)).toEqual([{ event: 'conversion', warnings: ['AMOUNT_MISSING'] }]),
  );

  test.each(['amount_cents', 'totalMinor'])('in %s is told with the setting that reads cents', (name) => {
    expect(message(request(`clickid=${id}&${name}=1250`))).toContain('set amountFormat to "minor", then replay');
  });

  test('is told with five names at most, those of money first', () => {
    const numbers = Array.from({ length: 9 }, (_, at) => `${'abcdefghi'[at]}x=12`).join('&');
    expect(message(request(`clickid=${id}&${numbers}&commission=5`))).toContain('though "commission", "ax"');
  });

  test('is told with five names at most', () => {
    const many = Array.from({ length: 9 }, (_, at) => `price${at}=1`).join('&');
    expect(message(request(`clickid=${id}&${many}`)).match(/"price\d"/g)).toHaveLength(5);
  });

  test.each([
    'shop_code=100234',
    'campaign_id=12.5',
    'ts=1763899200',
    'ip=1.2',
    'app_version=10.4',
    'name=J',
    'lat=51.5',
  ])('is not seen in %s', (text) =>
    expect(query(text)).toEqual([{ event: 'conversion', warnings: ['AMOUNT_MISSING'] }]),
  );

  test('is nothing where a payout is configured, or where a sale is rejected', () => {
    const given = { campaign: { payout: { amount: '3', currency: 'USD' } } };
    expect(query('commission=12.50', given)).toEqual([{ event: 'conversion', warnings: [] }]);
    expect(query('status=refunded')).toMatchObject([{ status: 'reversed', warnings: [] }]);
  });

  test('of a refund may be a part of the sale: it is taken back as a whole, with the warning', () => {
    const given = { campaign: { payout: { amount: '3', currency: 'USD' } } };
    for (const refund of [
      'commission=12.50&status=refunded',
      'refund_sum=30&event=refund',
      'event=sale&status=chargeback&value=30',
    ]) {
      expect(query(refund)).toMatchObject([{ status: 'reversed', warnings: ['AMOUNT_UNREAD'] }]);
      expect(query(refund, given)).toMatchObject([{ status: 'reversed', warnings: ['AMOUNT_UNREAD'] }]);
    }
  });
});

describe('an amount as its sender writes it', () => {
  const format = (amountFormat: string, text: string) =>
    query(`amount=${encodeURIComponent(text)}`, { integration: { amountFormat } });

  test.each([
    ['1,234.56', '1,234.56', '1234.56'],
    ['1,234.56', '1,234,567.8', '1234567.8'],
    ['1,234.56', '1,23,456.50', '123456.5'],
    ['1,234.56', '1,234', '1234'],
    ['1,234.56', '12.5', '12.5'],
    ['1.234,56', '1.234,56', '1234.56'],
    ['1.234,56', '1 234,56', '1234.56'],
    ['1.234,56', '1.234', '1234'],
    ['1.234,56', '12.345.678', '12345678'],
    ['1.234,56', '12,5', '12.5'],
    ['minor', '1999', '19.99'],
    ['minor', '5', '0.05'],
    ['float', '1e3', '1000'],
    ['float', '1.5E-1', '0.15'],
    ['float', '-0', '0'],
    ['float', '12.5', '12.5'],
  ])('in the format %s reads %s as %s', (amountFormat, text, amount) => {
    expect(format(amountFormat, text)).toMatchObject([{ amount, warnings: [] }]);
  });

  test.each([
    ['1234.56', '1,234.56'],
    ['1,234.56', '1,50'],
    ['1,234.56', '1.234,56'],
    ['1,234.56', '1e3'],
    ['1.234,56', '1,234.56'],
    ['minor', '19.99'],
    ['float', 'NaN'],
    ['float', '1e400'],
    ['float', '1,5'],
    ['float', 'e5'],
  ])('in the format %s rejects %s', (amountFormat, text) => {
    expect(format(amountFormat, text)).toBe('AMOUNT_INVALID');
  });

  test.each([
    ['1,234.56', '"1,234.56"'],
    ['1.234,56', '"1.234,56"'],
    ['1,50', '"1.234,56"'],
  ])('with commas is rejected with the setting that reads it: %s', (text, setting) => {
    expect(message(request(`clickid=${id}&amount=${text}`))).toContain(
      `set amountFormat of the integration to ${setting}`,
    );
  });

  test('in minor units has the digits of its currency, and the preset or the integration says so', () => {
    const minor = { integration: { amountFormat: 'minor' } };
    expect(query('amount=1999&currency=JPY', minor)).toMatchObject([{ amount: '1999' }]);
    expect(query('amount=1999&currency=KWD', minor)).toMatchObject([{ amount: '1.999' }]);
    expect(query('amount=1999', { integration: { preset: 'dub' } })).toMatchObject([{ amount: '19.99' }]);
    const decimal = { integration: { preset: 'dub', amountFormat: '1234.56' } };
    expect(query('amount=19.99', decimal)).toMatchObject([{ amount: '19.99' }]);
  });

  test.each([
    ['836.9999999999998', '837'],
    ['0.1234565', '0.123456'],
    ['0.1234575', '0.123458'],
    ['0.12345650000001', '0.123457'],
    ['-0.1234565', '-0.123456'],
  ])('with more than 6 digits is rounded half to even, and told: %s', (text, amount) => {
    const given = { integration: { adjustments: true } };
    expect(query(`amount=${text}`, given)).toMatchObject([
      { amount, warnings: expect.arrayContaining(['AMOUNT_ROUNDED']) },
    ]);
  });

  test.each([
    ['a list', json({ clickid: id, amount: [10, 20] })],
    ['a list of one', json({ clickid: id, amount: [10] })],
    ['an empty list', json({ clickid: id, amount: [] })],
    ['an object', json({ clickid: id, amount: { value: '10', currency: 'USD' } })],
    ['an empty object', json({ clickid: id, amount: {} })],
    ['a boolean', json({ clickid: id, amount: true })],
    ['a list of PHP', request(`clickid=${id}&amount[]=10`)],
    ['a list of PHP with places', request(`clickid=${id}&amount[0]=10&amount[1]=20`)],
    ['an object of PHP', request(`clickid=${id}&amount[value]=10`)],
  ])('as %s is rejected: never 0, never a default', (_, sent) => {
    const given = { campaign: { payout: { amount: '3', currency: 'USD' } } };
    expect(claimsOf(sent, given)).toBe('AMOUNT_INVALID');
  });

  test('in an object is read where the integration names the part that counts', () => {
    const given = { integration: { parameters: { amount: ['amount.value'] } } };
    expect(claimsOf(json({ clickid: id, amount: { value: '10' } }), given)).toMatchObject([{ amount: '10' }]);
    expect(claimsOf(json({ data: { clickid: id, amount: { value: '10' } } }), given)).toMatchObject([{ amount: '10' }]);
  });
});

describe('what says that there is nothing', () => {
  test.each(['null', 'NULL', 'undefined', 'N/A', '(null)', 'none', 'nil', '"null"', '', '%22%22'])(
    '%j is absent in every optional field',
    (word) => {
      const fields = ['txid', 'event', 'status', 'currency', 'timestamp', 'payout'].map((name) => `${name}=${word}`);
      expect(query(`amount=12.50&${fields.join('&')}`)).toEqual([sale]);
      expect(query(`amount=${word}`)).toEqual([{ event: 'conversion', warnings: ['AMOUNT_MISSING'] }]);
    },
  );

  test.each(['NaN', '-', '[]', '{}'])('%j is no absent amount', (word) => {
    expect(query(`amount=${encodeURIComponent(word)}`)).toBe('AMOUNT_INVALID');
  });

  test('JSON null is absent, and an empty list or object is, but for an amount', () => {
    expect(claimsOf(json({ clickid: id, amount: 12.5, txid: null, event: [], status: {} }))).toEqual([sale]);
  });

  test.each([
    '__ORDER_ID__',
    '__order_id__',
    '$order',
    '[ORDER]',
    '{order}',
    '%order%',
    '*|ORDER|*',
    '<%= order %>',
    'ttclid()',
  ])('the macro %s is none of it: it is told, also as a transaction ID', (macro) => {
    expect(query(`amount=1&txid=${encodeURIComponent(macro)}`)).toBe('MACRO_UNREPLACED');
    expect(query(`amount=1&event=${encodeURIComponent(macro)}`)).toBe('MACRO_UNREPLACED');
    expect(claimsOf(request(`clickid=${encodeURIComponent(macro)}`))).toBe('MACRO_UNREPLACED');
  });
});

describe('every field', () => {
  test('is decoded as often as it was encoded, the transaction ID included', () => {
    for (const sent of ['Order A', 'Order%20A', 'Order+A', 'Order%2520A', 'Order%252520A', ' Order%20A%20']) {
      expect(query(`amount=1&txid=${sent}`)).toMatchObject([{ transactionId: 'Order A' }]);
    }
    expect(query('amount=1&txid=A%2B1')).toMatchObject([{ transactionId: 'A+1' }]);
    expect(query('amount=1&txid=100%25')).toMatchObject([{ transactionId: '100%' }]);
    expect(query('amount=1&txid=Order%20A&txid=Order%2520A')).toMatchObject([{ transactionId: 'Order A' }]);
  });

  test('of a list of one value is that value, but for an amount', () => {
    expect(claimsOf(json({ clickid: id, amount: 1, txid: ['A1'], currency: ['EUR'] }))).toMatchObject([
      { transactionId: 'A1', currency: 'EUR' },
    ]);
    expect(query('amount=1&txid[]=A1')).toMatchObject([{ transactionId: 'A1' }]);
  });

  test('that one JSON object names twice with two values is a conflict, at any depth', () => {
    expect(claimsOf(request('', { body: `{"clickid":"${id}","amount":1,"amount":999}` }))).toBe('PARAMETER_CONFLICT');
    expect(claimsOf(request('', { body: `{"clickid":"${id}","amount":1,"Amount":999}` }))).toBe('PARAMETER_CONFLICT');
    expect(claimsOf(request('', { body: `{"d":{"clickid":"${id}","amount":1},"d":{"amount":2}}` }))).toBe(
      'PARAMETER_CONFLICT',
    );
    expect(claimsOf(request('', { body: `{"clickid":"${id}","amount":1,"amount":1.0}` }))).toMatchObject([
      { amount: '1' },
    ]);
    expect(claimsOf(json({ clickid: id, amount: 1, a: { amount: 2 }, b: { amount: 3 } }))).toMatchObject([
      { amount: '1' },
    ]);
  });
});

describe('a time that no rule reads', () => {
  test.each(['yesterday', '23.11.2026', String(now / 1000 + 2 * 86_400), '0', 'NOW'])(
    'costs no sale: %s is the time of receipt, and told',
    (text) => {
      const read = readPostback(request(`clickid=${id}&amount=1&timestamp=${text}`));
      expect(read).toMatchObject([
        { reading: { claim: { eventTime: now, timeGiven: false } }, warnings: ['TIMESTAMP_UNREAD'] },
      ]);
    },
  );

  test('with a zone of the integration is read in it', () => {
    const given = { integration: { timeZone: 'America/New_York' } };
    expect(readPostback(request(`clickid=${id}&amount=1&timestamp=2026-11-23 06:00:00`), given)).toMatchObject([
      { reading: { claim: { eventTime: now - 3_600_000, timeGiven: true } }, warnings: [] },
    ]);
  });
});

describe('a currency', () => {
  test('that was renamed, or in small letters, is the one that it means', () => {
    expect(query('amount=1&currency=RUR')).toMatchObject([{ currency: 'RUB' }]);
    expect(query('amount=1&currency=usd')).toMatchObject([{ currency: 'USD' }]);
  });

  test("of the sender's own is read by currencies of the integration, and else rejected with that setting", () => {
    const given = { integration: { currencies: { pes: 'ARS' } } };
    expect(query('amount=1&currency=PES', given)).toMatchObject([{ currency: 'ARS' }]);
    expect(message(request(`clickid=${id}&amount=1&currency=PES`))).toMatch(/^CURRENCY_INVALID: .*currencies/);
  });
});

describe('a reversal', () => {
  test.each([
    'refund',
    'REFUND',
    'refunded',
    'chargeback',
    'charge_back',
    'charge-back',
    'Charge Back',
    'rfnd',
    'CGBK',
    'reversal',
  ])('is known by its event %s, which is no event of its own', (word) => {
    const read = readPostback(request(`clickid=${id}&txid=T1&event=${word}`));
    expect(read).toMatchObject([
      {
        reading: {
          event: 'conversion',
          transactionId: 'T1',
          claim: { status: 'reversed', reversal: 'partial', anyEvent: true },
        },
      },
    ]);
  });

  test.each(['refunded', 'refund', 'chargeback', 'reversed'])('is known by its status %s beside an event', (word) => {
    expect(readPostback(request(`clickid=${id}&event=sale&status=${word}`))).toMatchObject([
      {
        reading: { event: 'sale', claim: { status: 'reversed', reversal: 'partial' } },
      },
    ]);
  });

  test('of an event that the integration maps names that event', () => {
    const given = { integration: { events: { refund: 'sale' } } };
    expect(readPostback(request(`clickid=${id}&event=refund`), given)).toMatchObject([
      { reading: { event: 'sale', claim: { status: 'reversed', reversal: 'partial' } } },
    ]);
  });

  test.each(['rejected', 'reversed', 'refund'])('may come with a minus: %s takes that much back', (status) => {
    expect(query(`amount=-100&status=${status}`)).toMatchObject([{ amount: '100', reversal: 'partial' }]);
  });

  test('takes back the whole where the integration says so', () => {
    expect(query('amount=30&status=refund', { integration: { reversals: 'whole' } })).toMatchObject([
      { amount: '30', reversal: 'whole' },
    ]);
  });

  test('is none where a rejection names no negative amount', () => {
    expect(query('amount=5&status=rejected')).toEqual([
      { event: 'conversion', status: 'rejected', amount: '5', warnings: [] },
    ]);
    expect(query('amount=-5&status=approved')).toBe('AMOUNT_INVALID');
  });
});

describe('words', () => {
  test('that are mapped to ignore ask for no transaction ID that could be kept', () => {
    const given = { integration: { events: { connection_test: 'ignore' } } };
    expect(query(`event=connection_test&txid=${'x'.repeat(2000)}`, given)).toMatchObject([{ ignored: true }]);
  });

  test('that are mapped to ignore count nothing, whatever else is wrong', () => {
    const given = { integration: { events: { connection_test: 'ignore' }, statuses: { missed: 'ignore' } } };
    expect(query('event=connection_test&amount=x', given)).toMatchObject([{ ignored: true }]);
    expect(query('status=missed', given)).toMatchObject([{ ignored: true }]);
    expect(query('event=ignore&amount=1')).toEqual([{ event: 'ignore', amount: '1', warnings: [] }]);
  });

  test.each(['lead', 'sale', 'complete', 'On Hold', 'trash'])(
    'of a tracker whose users write their own status are known where they mean one thing: %s',
    (word) => expect(query(`amount=1&cnv_status=${word}`, { integration: { preset: 'binom' } })).toHaveLength(1),
  );

  test('that nobody mapped are rejected with the setting that maps them', () => {
    const given = { integration: { preset: 'binom' } };
    expect(message(request(`clickid=${id}&amount=1&cnv_status=checkout`), given)).toMatch(
      /^STATUS_UNKNOWN: .*\{"checkout": "approved"\}/,
    );
  });

  test.each(['rebill', 'renewal', 'Recurring'])(
    '%s is a payment of its own each time, unless told otherwise',
    (event) => {
      const mode = (given?: Given) => {
        const read = readPostback(request(`clickid=${id}&amount=1&event=${event}`), given);
        return typeof read === 'string' ? read : read[0]?.reading.claim.mode;
      };
      expect(mode()).toBe('separate');
      expect(mode({ integration: { duplicates: { default: 'update' } } })).toBe('update');
      expect(mode({ integration: { duplicates: { events: { [event]: 'ignore' } } } })).toBe('ignore');
    },
  );
});

describe('a body', () => {
  const parts = (fields: Readonly<Record<string, string>>, boundary = 'x') =>
    Object.entries(fields)
      .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('') + `--${boundary}--\r\n`;
  const type = (contentType: string) => ({ headers: { 'user-agent': 'x', 'content-type': contentType } });
  const encoded = (encoding?: string) => ({
    headers: { 'user-agent': 'x', ...(encoding !== undefined && { 'content-encoding': encoding }) },
  });

  test('of several parts is a form, as PHP sends an array', () => {
    const body = parts({ clickid: id, amount: '12.50' });
    expect(claimsOf(request('', { body, ...type('multipart/form-data; boundary=x') }))).toEqual([sale]);
    expect(claimsOf(request('', { body, ...type('multipart/form-data; boundary="x"') }))).toEqual([sale]);
    expect(claimsOf(request('', { body, ...type('text/plain') }))).toEqual([sale]);
  });

  test('of several parts may hold JSON that a program attached as a blob', () => {
    const blob = `--x\r\nContent-Disposition: form-data; name="data"; filename="blob"\r\nContent-Type: application/json\r\n\r\n`;
    const body = `${blob}${JSON.stringify({ clickid: id, amount: 12.5 })}\r\n--x--\r\n`;
    expect(claimsOf(request('', { body, ...type('multipart/form-data; boundary=x') }))).toEqual([sale]);
  });

  test.each<[string, (text: string) => ReturnType<typeof request>]>([
    ['a body', (text) => request('', { body: text })],
    ['a form, as LiqPay sends it', (text) => request('', { body: `signature=abc&data=${encodeURIComponent(text)}` })],
    ['an object, as Pub/Sub sends it', (text) => json({ message: { data: text, messageId: '7' } })],
  ])('that is JSON in base64 is read in %s', (_, sentAs) => {
    const text = Buffer.from(JSON.stringify({ clickid: id, amount: 12.5 })).toString('base64');
    expect(claimsOf(sentAs(text))).toEqual([sale]);
  });

  test('that is a list of one object is that object', () => {
    expect(claimsOf(json([{ clickid: id, amount: 12.5 }]))).toEqual([sale]);
    expect(claimsOf(json([{ clickid: id }, { clickid: id }]))).toBe('BODY_INVALID');
  });

  test('of several parts may hold files, which are passed over, and blanks and line ends, which are kept', () => {
    const file = '--x\r\nContent-Disposition: form-data; name="amount"; filename="a"\r\n\r\n99\r\n';
    const body = file + parts({ clickid: id, amount: '12.50', txid: 'a\r\nb' });
    expect(claimsOf(request('', { body, ...type('multipart/form-data; boundary=x') }))).toEqual([
      { ...sale, transactionId: 'a\r\nb' },
    ]);
  });

  test.each([
    ['gzip', gzipSync, 'gzip'],
    ['gzip that nobody says', gzipSync, undefined],
    ['deflate', deflateSync, 'deflate'],
    ['deflate without its frame', deflateRawSync, 'deflate'],
    ['brotli', brotliCompressSync, 'br'],
    ['nothing, called gzip', (text: Buffer) => text, 'gzip'],
  ])('compressed by %s is read', (_, compress, encoding) => {
    const body = compress(Buffer.from(JSON.stringify({ clickid: id, amount: '12.50' })));
    expect(claimsOf(request('', { body, ...encoded(encoding) }))).toEqual([sale]);
  });

  test.each(['<xml/>', 'hello', '[1]', '{"a":', '\u0000\u0001'])(
    'that nobody can read is a warning where the query says everything: %j',
    (body) => {
      expect(claimsOf(request(`clickid=${id}&amount=12.50`, { body }))).toEqual(warned('BODY_IGNORED'));
      expect(claimsOf(request('amount=12.50', { body }))).toBe('BODY_INVALID');
    },
  );

  test.each(['&#038;', '&#38;', '&#x26;', '&amp;', '&%23038;'])('and a query may be separated by %s', (separator) => {
    const sent = request(`clickid=${id}${separator}amount=12.50${separator}txid=A1`);
    expect(claimsOf(sent)).toEqual([{ ...sale, transactionId: 'A1', warnings: ['QUERY_REPAIRED'] }]);
  });
});

test('messages do not call a sender by the name of our generic preset', () => {
  for (const text of ['', 'clickid={x}', `clickid=${id}&amount={x}`, `clickid=${id}&status=nope`, 'clickid=1']) {
    expect(message(request(text))).not.toMatch(/generic/i);
  }
});
