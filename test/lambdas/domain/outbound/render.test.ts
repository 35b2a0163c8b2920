import * as fc from 'fast-check';
import { needsClickParameters } from '../../../../lambdas/domain/outbound/render';
import { runs } from '../conversion/arbitraries';
import { clickId, now } from '../support/factories';
import { deliveryId, postback, rendered, urlOf } from './support';

const sink = 'https://sink.example/p';

test.each<[string, string]>([
  ['c={external_id}', 'c=ext-1'],
  ['c={clickid}', `c=${clickId()}`],
  ['p={payout}', 'p=12.35'],
  ['p={payout:0}', 'p=12'],
  ['p={payout:1}', 'p=12.4'],
  ['p={payout:2}&c={currency}', 'p=12.35&c=USD'],
  ['c={currency|lower}', 'c=usd'],
  ['s={status}', 's=approved'],
  ['s={status:approved=1,pending=0}', 's=1'],
  ['e={event}', 'e=sale'],
  ['e={event:sale=Purchase,lead=Lead}', 'e=Purchase'],
  ['e={event|upper}', 'e=SALE'],
  ['g={goal}', 'g=sale'],
  ['g={goal:sale=2}', 'g=2'],
  ['t={txid}', 't=T%201'],
  ['d={delivery_id}', `d=${deliveryId}`],
  ['a={sub1}', 'a=red'],
  ['s={source}&c={campaign}&o={offer}', 's=news&c=spring&o=main'],
  ['t={click_time}', `t=${now / 1000 - 60}`],
  ['t={click_time:ms}', `t=${now - 60_000}`],
  ['t={conversion_time:s}', `t=${now / 1000}`],
  ['t={conversion_time:iso}', 't=2026-11-23T12%3A00%3A00.000Z'],
  ['u={user_agent}', 'u=Browser%2F1.0'],
  ['a=fbc.{click_time:ms}.{external_id}', `a=fbc.${now - 60_000}.ext-1`],
])('%s becomes %s', (query, filled) => {
  expect(urlOf(`${sink}?${query}`)).toBe(`${sink}?${filled}`);
});

test('a hash is of the trimmed text in lower case', () => {
  const hash = (externalId: string): string =>
    urlOf(`${sink}?h={external_id|sha256}`, {
      conversion: { click: { clickedAt: now, offer: 'main', subs: {}, externalId, bot: false } },
    });

  expect(hash(' A@B.example ')).toBe(hash('a@b.example'));
  expect(hash('a')).toBe(`${sink}?h=ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb`);
});

describe('what is empty', () => {
  test('a parameter that comes to nothing is left away with its name', () => {
    expect(urlOf(`${sink}?a={sub2}&b={sub9}&c={external_id}&d={param:gclid}&e=&f=x{sub9}`)).toBe(
      `${sink}?c=ext-1&e=&f=x`,
    );
    expect(urlOf(`${sink}/{sub9}?a={sub9}`)).toBe(`${sink}/`);
  });

  test.each([
    ['the click ID of the source', 'c={external_id}', '{external_id}'],
    ['what is marked as required', 'c={external_id?}&t={sub9!}', '{sub9!}'],
    ['a required parameter of the click', 'c={param:gclid!}', '{param:gclid!}'],
  ])('without %s nothing is sent', (_, query, macro) => {
    const conversion = { click: { clickedAt: now, offer: 'main', subs: {}, bot: false } };
    expect(urlOf(`${sink}?${query}`, { conversion })).toBe(`skipped MACRO_EMPTY ${macro}`);
  });

  test('what may be empty is left away', () => {
    const conversion = { click: { clickedAt: now, offer: 'main', subs: {}, bot: false } };
    expect(urlOf(`${sink}?c={external_id?}&k={clickid}`, { conversion })).toBe(`${sink}?k=${clickId()}`);
  });

  test('a status or an event that the source has no word for is not sent as another', () => {
    expect(urlOf(`${sink}?s={status:approved=1}`, { status: 'reversed' })).toBe('skipped STATUS_UNMAPPED reversed');
    expect(urlOf(`${sink}?e={event:sale=Purchase}`, { event: 'lead' })).toBe('skipped EVENT_UNMAPPED lead');
    expect(urlOf(`${sink}?a=1&s={status:approved=1?}`, { status: 'reversed' })).toBe(`${sink}?a=1`);
    expect(urlOf(`${sink}?a=1&g={goal:lead=2}`)).toBe(`${sink}?a=1`);
    expect(urlOf(`${sink}?a=1&g={goal}`, { event: 'conversion' })).toBe(`${sink}?a=1`);
  });

  test('a parameter of the click is read where the request asks for one', () => {
    const url = `${sink}?g={param:gclid}`;
    expect(urlOf(url, { parameters: { gclid: 'a+b' } })).toBe(`${sink}?g=a%2Bb`);
    expect(urlOf(url, { parameters: { constructor: 'x' } })).toBe(sink);
    expect(needsClickParameters(postback({ url }), undefined)).toBe(true);
    expect(needsClickParameters(postback({ url: `${sink}?g={sub1}` }), undefined)).toBe(false);
  });
});

describe('money', () => {
  test.each<[string, string, string, unknown, string]>([
    ['70 % of 12.35 is rounded half up', '12.35', 'USD', { percent: 70 }, '8.65'],
    ['a third', '10', 'USD', { percent: '33.333333' }, '3.33'],
    ['half a cent', '0.01', 'USD', { percent: 50 }, '0.01'],
    ['less than half a cent', '0.01', 'USD', { percent: 49 }, '0'],
    ['the whole', '12.3456', 'USD', { percent: 100 }, '12.35'],
    ['no share asked for keeps every digit', '0.0035', 'USD', undefined, '0.0035'],
    ['more than the whole', '10', 'USD', { percent: 150 }, '15'],
    ['a yen has no decimals', '1235', 'JPY', { percent: 70 }, '865'],
    ['a yen has none when it came with some', '500.5', 'JPY', undefined, '501'],
    ['a dinar has three', '1.2345', 'KWD', { percent: 100 }, '1.235'],
    ['a large amount is exact', '999999999999.99', 'USD', { percent: 70 }, '699999999999.99'],
    ['a correction is rounded away from zero', '-12.35', 'USD', { percent: 70 }, '-8.65'],
  ])('%s', (_, amount, currency, payout, sent) => {
    const fields = payout === undefined ? {} : { payout };
    expect(urlOf(`${sink}?p={payout}`, { amount, currency }, fields)).toBe(`${sink}?p=${sent}`);
  });

  test('decimals are written as asked for, and never more than the currency has', () => {
    expect(urlOf(`${sink}?p={payout:2}`, { amount: '8.6' })).toBe(`${sink}?p=8.60`);
    expect(urlOf(`${sink}?p={payout:2}`, { amount: '500', currency: 'JPY' })).toBe(`${sink}?p=500`);
    expect(urlOf(`${sink}?p={payout:2}`, { amount: '0' })).toBe(`${sink}?p=0.00`);
  });

  test('an amount that is not known, or not for the source, is left away', () => {
    expect(urlOf(`${sink}?a=1&p={payout}&c={currency}`, { amount: 'none' })).toBe(`${sink}?a=1`);
    expect(urlOf(`${sink}?a=1&p={payout}&c={currency}`, {}, { payout: 'none' })).toBe(`${sink}?a=1`);
  });

  test('an amount in a currency that the source does not take is not sent', () => {
    const inr = { amount: '499', currency: 'INR' };
    expect(urlOf(`${sink}?p={payout}`, inr, { currency: 'USD' })).toBe('skipped CURRENCY_UNSUPPORTED INR is not USD');
    expect(urlOf(`${sink}?p={payout}`, inr, { currency: 'USD', payout: 'none' })).toBe(sink);
    expect(urlOf(`${sink}?c={external_id}`, inr, { currency: 'USD' })).toBe(`${sink}?c=ext-1`);
    expect(urlOf(`${sink}?p={payout}`, { amount: '4', currency: 'none' }, { currency: 'USD' })).toBe(`${sink}?p=4`);
  });
});

describe('encoding', () => {
  const withId = (externalId: string): { readonly conversion: object } => ({
    conversion: { click: { clickedAt: now, offer: 'main', subs: { sub1: externalId }, externalId, bot: false } },
  });
  /** Any text that a JSON body or a URL can carry: half a surrogate pair has no bytes. */
  const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((text) => text.isWellFormed());

  test.each(['+', '&', '=', '%', '#', 'é', '😀', '%2B', '{clickid}', 'a b', '"', '\\', '\r\n', '?', "'"])(
    '%j arrives unchanged in a URL, a form, JSON and its text',
    (id) => {
      expect(new URL(urlOf(`${sink}?c={external_id}`, withId(id))).searchParams.get('c')).toBe(id);
      const bodies = [{ c: '{external_id}' }, '{"c":"{external_id}"}', 'c={external_id}'].map((body) => {
        const rendering = rendered({ url: sink, method: 'POST', body }, withId(id));
        return rendering.ok ? (rendering.request.body ?? '') : '';
      });
      const [json = '', text = '', form = ''] = bodies;
      expect([JSON.parse(json), JSON.parse(text)]).toEqual([{ c: id }, { c: id }]);
      expect(new URLSearchParams(form).get('c')).toBe(id);
    },
  );

  test('no value of a visitor changes what else is sent, or where to', () => {
    fc.assert(
      fc.property(anyText, (id) => {
        const rendering = rendered(
          {
            url: `${sink}/{sub1}/x?a=1&c={external_id}&z=2`,
            method: 'POST',
            headers: { 'X-Id': 'id {external_id}' },
            body: { a: [{ c: '{external_id}' }], n: 1 },
          },
          withId(id),
        );
        if (!rendering.ok) throw new Error(rendering.reason);
        const { url, headers, body = '' } = rendering.request;
        expect(new URL(url).origin).toBe('https://sink.example');
        expect([...new URL(url).searchParams]).toEqual([
          ['a', '1'],
          ['c', id],
          ['z', '2'],
        ]);
        expect(headers['x-id']).toMatch(/^id[\u0020-\u007e]*$/);
        expect(JSON.parse(body)).toEqual({ a: [{ c: id }], n: 1 });
      }),
      runs(),
    );
  });
});

describe('JSON', () => {
  const bodyOf = (body: unknown, said = {}): unknown => {
    const rendering = rendered({ url: sink, method: 'POST', body }, said);
    return rendering.ok ? rendering.request.body : rendering.reason;
  };

  test('a macro is a text, or a number where it is asked for', () => {
    expect(
      bodyOf({ a: '{payout}', b: '{payout|number}', c: '{click_time|number}', d: '{txid|number}', e: true, f: null }),
    ).toBe(`{"a":"12.35","b":12.35,"c":${now / 1000 - 60},"d":"T 1","e":true,"f":null}`);
    expect(bodyOf('{"v": {payout}, "t":{conversion_time:ms} , "c":"{currency}"}')).toBe(
      `{"v":12.35,"t":${now},"c":"USD"}`,
    );
  });

  test('an amount keeps every digit', () => {
    expect(bodyOf({ v: '{payout|number}' }, { amount: '123456789012.123456' })).toBe('{"v":123456789012.123456}');
  });

  test('what comes to nothing is left away, with what held nothing else', () => {
    expect(bodyOf({ a: '{sub9}', b: { c: '{sub9}' }, d: ['{sub9}'], e: {}, f: ['{sub1}', '{sub9}'] })).toBe(
      '{"e":{},"f":["red"]}',
    );
  });

  test('the content type is that of the body, unless the postback names another', () => {
    const type = (body: unknown, headers = {}): unknown => {
      const rendering = rendered({ url: sink, method: 'POST', headers, body });
      return rendering.ok && rendering.request.headers['content-type'];
    };
    expect(type({ a: 1 })).toBe('application/json');
    expect(type('[{"a": 1}]')).toBe('application/json');
    expect(type('a=1')).toBe('application/x-www-form-urlencoded');
    expect(type({ a: 1 }, { 'Content-Type': 'application/vnd.api+json' })).toBe('application/vnd.api+json');
  });
});

describe('secrets', () => {
  const fields = {
    url: `${sink}?k={secret:key}`,
    method: 'POST',
    headers: { Authorization: 'Bearer {secret:token}' },
    body: { k: '{secret:key}' },
  };
  const secrets = { key: 'k&1', token: 'tok' };

  test('stand in the request, and are masked in what people see', () => {
    expect(rendered(fields, {}, secrets)).toEqual({
      ok: true,
      request: {
        method: 'POST',
        url: `${sink}?k=k%261`,
        headers: { accept: '*/*', authorization: 'Bearer tok', 'content-type': 'application/json' },
        body: '{"k":"k&1"}',
      },
      masked: {
        method: 'POST',
        url: `${sink}?k=***`,
        headers: { accept: '*/*', authorization: 'Bearer ***', 'content-type': 'application/json' },
        body: '{"k":"***"}',
      },
    });
  });

  test('one that is not set yet holds the delivery', () => {
    expect(rendered(fields, {}, { key: 'k&1' })).toMatchObject({
      ok: false,
      state: 'held',
      reason: 'SECRET_MISSING',
      detail: '{secret:token}',
    });
  });
});

test('a template that this release does not know holds the delivery', () => {
  expect(rendered({ template: 'gone', url: sink })).toMatchObject({ state: 'held', reason: 'TEMPLATE_UNKNOWN' });
});

test.each(['.', '..'])('a value of %j does not climb to another path', (externalId) => {
  const conversion = { click: { clickedAt: now, offer: 'main', subs: {}, externalId, bot: false } };

  expect(urlOf('https://sink.example/a/{external_id}/b', { conversion })).toMatch(/^skipped REQUEST_INVALID/);
  expect(urlOf('https://sink.example/a?c={external_id}', { conversion })).toBe(
    `https://sink.example/a?c=${externalId}`,
  );
});

test('a URL of more than 8,192 characters is not sent', () => {
  const conversion = { click: { clickedAt: now, offer: 'main', subs: {}, externalId: '€'.repeat(1000), bot: false } };
  expect(urlOf(`${sink}?c={external_id}`, { conversion })).toMatch(/^skipped REQUEST_INVALID/);
});
