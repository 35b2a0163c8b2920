import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { readParameters } from '../../../../lambdas/domain/request/parameters';
import type { PostbackRequest } from '../../../../lambdas/domain/text/postback-request';
import { authenticate, type Authentication } from '../../../../lambdas/domain/trust/authentication';
import { acceptedCredentials, currentCredential } from '../../../../lambdas/domain/trust/keys';
import { clickId, integration, master, now, request } from '../support/factories';

const seed = 20_261_123;
const numRuns = 300;
const keys = { current: 1 };
const { token, signingKey, keyId } = currentCredential(master, 'acme', keys);
const credentials = acceptedCredentials(master, 'acme', keys);
const seconds = now / 1000;

type Tier = 'off' | 'report' | 'required';

function authenticated(
  sent: PostbackRequest,
  auth: Readonly<Partial<Record<'token' | 'hmac' | 'ip', Tier>>>,
  fields: Readonly<Record<string, unknown>> = {},
): Authentication {
  const document = integration({ ...fields, auth: { token: 'off', hmac: 'off', ip: 'off', ...auth } });
  return authenticate(sent, document, credentials, 'postback');
}

const signedTiers = { hmac: 'required' } as const;

function signedGet(raw: string, path = '/postback/acme', method = 'GET'): PostbackRequest {
  const query = `${raw}${raw === '' ? '' : '&'}ts=${seconds}&kid=${keyId}`;
  const sig = createHmac('sha256', signingKey).update(`v1.${method}.${path}.${query}`).digest('hex');
  return request(`${query}&sig=${sig}`, { path, method });
}

function signedPost(body: string | Uint8Array, { id = 'msg_1', at = seconds, query = '' } = {}): PostbackRequest {
  const mac = createHmac('sha256', signingKey).update(`${id}.${at}.`).update(body).digest('base64');
  return request(query, {
    body,
    headers: {
      'user-agent': 'sender/1.0',
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(at),
      'webhook-signature': `v1,${mac}`,
    },
  });
}

/** What a verdict is made of: the parameters that are read, and the identity of the statement. */
function readBy(result: Authentication) {
  if (!result.ok) return 'refused';
  const { rawQuery, body, headers } = result.covered;
  return {
    statement: result.statement,
    signedAt: result.signedAt,
    trust: result.trust,
    rawQuery,
    body: Buffer.from(body).toString('latin1'),
    headers,
    parameters: readParameters(result.covered),
  };
}

const sale = JSON.stringify({ clickid: clickId(1), amount: '12.50', txid: 'T1' });
const value = fc
  .string({ unit: fc.constantFrom(...Array.from('ab01.-_%&=?{}"[]: ')), maxLength: 24 })
  .map(encodeURIComponent);
const name = fc.constantFrom('clickid', 'amount', 'txid', 'event', 'status', 'sub1', 'note');
const query = fc
  .array(fc.tuple(name, value), { maxLength: 6 })
  .map((pairs) => pairs.map(([key, text]) => `${key}=${text}`).join('&'));
const additions = fc.oneof(
  fc.constantFrom(
    'token=x?event=e1',
    'token=x?txid=N1',
    'token=x?status=reversed',
    'token=x?payout=99999',
    'token=x&amp;amount=9',
    `token=${clickId(2)}`,
    'token=1',
    'token',
    '&',
    '?',
    'dry_run=1',
    'test=1',
    'sig=00',
    encodeURIComponent('token=x&event=e1'),
    '{"event":"e1"}',
    'data={"event":"e1"}',
  ),
  query,
);

describe('a signed body', () => {
  const original = readBy(authenticated(signedPost(sale), signedTiers));

  test('is read alone, and no header beside it decides what it is', () => {
    expect(original).toMatchObject({
      trust: 'proven',
      rawQuery: '',
      body: sale,
      signedAt: now,
      headers: { 'user-agent': 'sender/1.0' },
    });
  });

  test.each([
    ['a query of tokens alone', 'token=1'],
    ["another person's click ID as the token", `token=${clickId(2)}`],
    ['an empty query', '&&'],
    ['a query that is a question mark', '?'],
  ])('is the same statement beside %s', (_, rawQuery) => {
    expect(readBy(authenticated(signedPost(sale, { query: rawQuery }), signedTiers))).toEqual(original);
  });

  test.each([
    'event=e1',
    'token=x?event=e1',
    'token=x?status=reversed',
    'token=x&amp;amount=99',
    'dry_run=1',
    '{"a":1}',
  ])('is rejected beside the unsigned query %s', (rawQuery) => {
    expect(authenticated(signedPost(sale, { query: rawQuery }), signedTiers)).toMatchObject({
      ok: false,
      rejection: { reason: 'AUTH_INVALID' },
    });
  });

  test('is read the same, or rejected, whatever query, path, method and headers come with it', () => {
    const headers = fc.record({
      'content-type': fc.constantFrom('text/xml', 'multipart/form-data; boundary=x', 'text/csv', 'application/json'),
      'webhook-id': fc.constantFrom('msg_1', 'msg_2', 'msg_1.1'),
      authorization: fc.constantFrom('Bearer x', `Bearer ${token}`, 'Basic YTpi'),
    });
    const change = fc.record(
      {
        rawQuery: additions,
        path: fc.constantFrom('/postback', '/', '/postback/acme/', '/click.php'),
        method: fc.constantFrom('GET', 'PUT', 'POST'),
        headers,
        sourceIp: fc.ipV4(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(change, (changes) => {
        const sent = signedPost(sale);
        const changed = { ...sent, ...changes, headers: { ...sent.headers, ...changes.headers } };
        const result = readBy(authenticated(changed, signedTiers));
        expect([original, 'refused']).toContainEqual(result);
      }),
      { seed, numRuns },
    );
  });

  test('signed anew for a retry is the same statement; under another name or with another body it is another', () => {
    const statementOf = (sent: PostbackRequest) => {
      const result = authenticated(sent, signedTiers);
      return result.ok ? result.statement : 'refused';
    };
    const first = statementOf(signedPost(sale));
    expect(first).toMatch(/^[\w-]{22}$/);
    expect(statementOf(signedPost(sale, { at: seconds + 60 }))).toBe(first);
    expect(statementOf(signedPost(sale, { id: 'msg_2' }))).not.toBe(first);
    expect(statementOf(signedPost(`${sale} `))).not.toBe(first);
  });

  test('needs its token where a token is required as well, and takes nothing else from where that stands', () => {
    const both = { token: 'required', hmac: 'required' } as const;
    const withToken = authenticated(signedPost(sale, { query: `token=${token}` }), both);
    expect(readBy(withToken)).toEqual(original);
    expect(authenticated(signedPost(sale), both)).toMatchObject({ rejection: { reason: 'AUTH_MISSING' } });
    expect(authenticated(signedPost(sale, { query: `token=${token}?event=e1` }), both)).toMatchObject({ ok: false });
  });

  test('cannot be split otherwise into ID, time and body', () => {
    const honest = signedPost(`amount=1&sub1=x.${seconds}.clickid=${clickId(2)}&amount=99`);
    const [id, at] = ['msg_1', seconds];
    const moved = {
      ...honest,
      body: Buffer.from(`clickid=${clickId(2)}&amount=99`),
      headers: { ...honest.headers, 'webhook-id': `${id}.${at}.amount=1&sub1=x` },
    };
    expect(authenticated(honest, signedTiers)).toMatchObject({ ok: true });
    expect(authenticated(moved, signedTiers)).toMatchObject({ ok: false });
  });
});

describe('a signed query', () => {
  const raw = `clickid=${clickId(1)}&amount=12.50&txid=T1`;
  const original = readBy(authenticated(signedGet(raw), signedTiers));

  test('is read as it was signed, without the signature', () => {
    expect(original).toMatchObject({
      trust: 'proven',
      rawQuery: `${raw}&ts=${seconds}&kid=${keyId}`,
      body: '',
      signedAt: now,
    });
  });

  test('with a signature in capitals is the same statement', () => {
    const { rawQuery } = signedGet(raw);
    const [before, sig = ''] = rawQuery.split('&sig=');
    const shouted = request(`${before}&sig=${sig.toUpperCase()}`);
    expect(shouted.rawQuery).not.toBe(rawQuery);
    expect(readBy(authenticated(shouted, signedTiers))).toEqual(original);
  });

  test('is not repaired before it is checked', () => {
    const { rawQuery } = signedGet(raw);
    for (const changed of [`?${rawQuery}`, rawQuery.replaceAll('&', '&amp;'), rawQuery.replace('&amount', '?amount')]) {
      expect(authenticated(request(changed), signedTiers)).toMatchObject({ ok: false });
    }
  });

  test('is read the same, or rejected, whatever is added to it, and whatever headers, body, path and method come with it', () => {
    const change = fc.record(
      {
        before: additions,
        after: additions,
        body: fc.constantFrom('', sale, 'event=e1', ' '),
        path: fc.constantFrom('/postback/acme', '/postback', '/postback/acme/', '/POSTBACK/acme'),
        method: fc.constantFrom('GET', 'HEAD', 'POST', 'get'),
        contentType: fc.constantFrom('text/xml', 'application/json'),
        digits: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(query, change, (sentQuery, { before, after, body, path, method, contentType, digits }) => {
        const sent = signedGet(sentQuery);
        const expected = readBy(authenticated(sent, signedTiers));
        const [start, sig = ''] = sent.rawQuery.split('&sig=');
        const signature = digits === true ? sig.toUpperCase() : sig;
        const rawQuery = `${before === undefined ? '' : `${before}&`}${start}&sig=${signature}${after === undefined ? '' : `&${after}`}`;
        const changed: PostbackRequest = {
          ...sent,
          rawQuery,
          ...(body !== undefined && { body: Buffer.from(body) }),
          ...(path !== undefined && { path }),
          ...(method !== undefined && { method }),
          headers: { ...sent.headers, ...(contentType !== undefined && { 'content-type': contentType }) },
        };
        const result = readBy(authenticated(changed, signedTiers));
        expect([expected, 'refused']).toContainEqual(result);
      }),
      { seed, numRuns },
    );
  });

  test('gives up its token to the check that reads it', () => {
    const both = { token: 'required', hmac: 'required' } as const;
    const result = authenticated(signedGet(`token=${token}&${raw}`), both);
    expect(readBy(result)).toMatchObject({ trust: 'proven', rawQuery: `${raw}&ts=${seconds}&kid=${keyId}` });
  });
});

describe('the two formats of a signature', () => {
  const part = fc.string({ unit: fc.constantFrom(...Array.from('v1.GETab0/=&')), maxLength: 20 });

  test('share a key, and no signed query passes as a webhook', () => {
    fc.assert(
      fc.property(part, part, fc.nat(), fc.nat(), (left, right, firstCut, secondCut) => {
        const sent = signedGet(`a=${left}.${seconds}.${right}`);
        const [rawQuery = '', sig = ''] = sent.rawQuery.split('&sig=');
        const text = `v1.GET.${sent.path}.${rawQuery}`;
        const dots = [...text.matchAll(/\./g)].map(({ index }) => index);
        const first = firstCut % (dots.length - 1);
        const second = first + 1 + (secondCut % (dots.length - first - 1));
        const webhook = request('', {
          body: text.slice((dots[second] ?? 0) + 1),
          headers: {
            'webhook-id': text.slice(0, dots[first]),
            'webhook-timestamp': text.slice((dots[first] ?? 0) + 1, dots[second]),
            'webhook-signature': `v1,${Buffer.from(sig, 'hex').toString('base64')}`,
          },
        });
        expect(authenticated(webhook, signedTiers)).toMatchObject({ ok: false });
      }),
      { seed, numRuns },
    );
  });

  test('share a key, and no webhook passes as a signed query', () => {
    const content = `/postback/acme.clickid=${clickId(1)}&ts=${seconds}&kid=${keyId}`;
    const sent = signedPost(content, { id: 'v1' });
    const sig = Buffer.from(sent.headers['webhook-signature']?.slice(3) ?? '', 'base64').toString('hex');
    const [path = '', rawQuery = ''] = content.split('.');
    const moved = request(`${rawQuery}&sig=${sig}`, { path, method: String(seconds) });
    expect(authenticated(sent, signedTiers)).toMatchObject({ ok: true });
    expect(authenticated(moved, signedTiers)).toMatchObject({ ok: false });
  });
});

describe('what no signature covers', () => {
  const tokenTier = { token: 'required' } as const;
  const covered = (sent: PostbackRequest, auth: Parameters<typeof authenticated>[1], fields = {}) => {
    const result = authenticated(sent, auth, fields);
    return result.ok ? [result.covered.rawQuery, Buffer.from(result.covered.body).toString()] : result.rejection.reason;
  };

  test.each([
    ['first', `token=${token}&clickid=a&amount=5`, 'clickid=a&amount=5'],
    ['last', `clickid=a&amount=5&token=${token}`, 'clickid=a&amount=5'],
    ['twice', `token=${token}&clickid=a&TOKEN=${token}&amount=5`, 'clickid=a&amount=5'],
    ['alone', `token=${token}`, ''],
    ['with a second question mark', `token=${token}?clickid=a&amount=5`, 'clickid=a&amount=5'],
    ['behind one', `clickid=a?token=${token}&amount=5`, 'clickid=a&amount=5'],
    ['in HTML', `clickid=a&amp;token=${token}&amp;amount=5`, 'clickid=a&amp;amount=5'],
    ['between doubled separators', `clickid=a&&token=${token}&amp;&&amount=5`, 'clickid=a&amp;&&amount=5'],
    ['beside what needs repair', `?clickid=a?amount=5&token=${token}`, 'clickid=a?amount=5'],
  ])('is read without its token, %s', (_, rawQuery, rest) => {
    expect(covered(request(rawQuery), tokenTier)).toEqual([rest, '']);
  });

  test('encoded as a whole is left encoded, for the reader to repair and to report', () => {
    const encoded = encodeURIComponent(`clickid=a&token=${token}&txid=a%20b`);
    expect(covered(request(encoded), tokenTier)).toEqual([encodeURIComponent('clickid=a&txid=a%20b'), '']);
  });

  test('in a form is read without its token; in JSON it stays byte for byte', () => {
    const form = `token=${token}&clickid=a&amount=1.10&name=J\u00f6rg`;
    expect(covered(request('', { body: form }), tokenTier)).toEqual(['', 'clickid=a&amount=1.10&name=J\u00f6rg']);
    const json = `{"token":"${token}","amount":1.10,"amount":1.1}`;
    expect(covered(request('', { body: json }), tokenTier)).toEqual(['', json]);
  });

  test('keeps the bytes of a form that is no UTF-8', () => {
    const latin = Buffer.from(`token=${token}&name=J\u00f6rg`, 'latin1');
    const result = authenticated(request('', { body: latin }), tokenTier);
    expect(result.ok && Buffer.from(result.covered.body)).toEqual(Buffer.from('name=J\u00f6rg', 'latin1'));
  });

  test('keeps its token where none is asked for and the integration reads a field under that name', () => {
    const own = { parameters: { clickId: ['Token'] } };
    expect(covered(request('token=a&amount=5'), {}, own)).toEqual(['token=a&amount=5', '']);
    expect(covered(request('token=a&amount=5'), {})).toEqual(['amount=5', '']);
    expect(covered(request(`token=${token}&amount=5`), tokenTier, own)).toEqual(['amount=5', '']);
  });

  test('carries none of the headers that prove a sender', () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/plain', 'webhook-id': 'x' };
    const result = authenticated(request('clickid=a', { headers }), tokenTier);
    expect(result.ok && result.covered.headers).toEqual({ 'content-type': 'text/plain' });
  });

  test('is one statement with the same query and body, by whatever path, method or token it comes', () => {
    const statementOf = (sent: PostbackRequest) => {
      const result = authenticated(sent, {});
      return result.ok ? result.statement : 'refused';
    };
    const first = statementOf(request('clickid=a&amount=5'));
    expect(first).toMatch(/^[\w-]{22}$/);
    expect(statementOf(request(`clickid=a&token=${token}&amount=5`))).toBe(first);
    expect(statementOf(request('clickid=a&amount=5', { path: '/', method: 'POST' }))).toBe(first);
    expect(statementOf(request('clickid=a&amount=6'))).not.toBe(first);
    expect(statementOf(request('amount=5&clickid=a'))).not.toBe(first);
    expect(statementOf(request('clickid=a', { body: '&amount=5' }))).not.toBe(first);
  });

  test('has no time of signing', () => {
    const result = authenticated(signedGet('clickid=a'), {});
    expect(result.ok && result.signedAt).toBeUndefined();
  });
});

describe('trust', () => {
  const allowed = { ipAllowlist: ['203.0.113.0/24'] };
  const trustOf = (sent: PostbackRequest, auth: Parameters<typeof authenticated>[1]) => {
    const result = authenticated(sent, auth, allowed);
    return result.ok ? result.trust : result.rejection.reason;
  };
  const elsewhere = { sourceIp: '198.51.100.1' };

  test.each([
    ['a required token', request(`token=${token}`), { token: 'required' }, 'proven'],
    ['a reported token that is right', request(`token=${token}`), { token: 'report' }, 'proven'],
    ['a reported token that is wrong', request('token=x'), { token: 'report' }, 'let-pass'],
    ['a required address alone', request('a=1'), { ip: 'required' }, 'proven'],
    ['a reported address that is another', request('a=1', elsewhere), { ip: 'report' }, 'let-pass'],
    ['a right token where none is asked for', request(`token=${token}`), {}, 'let-pass'],
    ['one proof of two that report', request('token=x'), { token: 'report', ip: 'report' }, 'proven'],
    ['one proof where another is required', request('token=x'), { token: 'required', ip: 'required' }, 'AUTH_INVALID'],
  ] as const)('%s', (_, sent, auth, expected) => {
    expect(trustOf(sent, auth)).toBe(expected);
  });

  test('a signature that only reports covers what it signs where it is valid, and nothing where it is not', () => {
    const report = { hmac: 'report' } as const;
    const valid = readBy(authenticated(signedPost(sale), report));
    expect(valid).toMatchObject({ trust: 'proven', rawQuery: '', body: sale });
    expect(readBy(authenticated(signedPost(sale, { query: 'event=e1' }), report))).toMatchObject({
      trust: 'let-pass',
      rawQuery: 'event=e1',
      body: sale,
    });
  });
});

test('a batch gives up the token of its query and keeps every byte of its body', () => {
  const csv = `clickid,url\n${clickId(1)},https://shop.example/?a=1&token=x\n`;
  const sent = request(`token=${token}&dry_run=1`, { body: csv, path: '/postbacks/acme' });
  const result = authenticate(sent, integration({ auth: { token: 'required' } }), credentials, 'batch');
  expect(result.ok && [result.covered.rawQuery, Buffer.from(result.covered.body).toString()]).toEqual([
    'dry_run=1',
    csv,
  ]);
});
