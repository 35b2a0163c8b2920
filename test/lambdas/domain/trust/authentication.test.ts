import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import vectors from '../../../../docs/test-vectors.json';
import type { IntegrationKeys } from '../../../../lambdas/domain/configuration/integration';
import type { PostbackRequest } from '../../../../lambdas/domain/text/postback-request';
import { authenticate } from '../../../../lambdas/domain/trust/authentication';
import {
  acceptedCredentials,
  currentCredential,
  writeSigningKey,
  type IntegrationCredential,
  type Master,
} from '../../../../lambdas/domain/trust/keys';
import { integration, master, now, request, rotatedMaster } from '../support/factories';

interface Rules {
  readonly auth?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly keys?: IntegrationKeys;
  readonly master?: Master;
}

const keys: IntegrationKeys = { current: 2, previous: 1 };
const credential = (number: number, own: Master = master): IntegrationCredential =>
  currentCredential(own, 'acme', { current: number });

function check(sent: PostbackRequest, rules: Rules = {}) {
  const auth = { token: 'off', ...rules.auth };
  const document = integration({ ...rules.fields, auth });
  const accepted = acceptedCredentials(rules.master ?? master, 'acme', rules.keys ?? keys);
  const result = authenticate(sent, document, accepted, 'postback');
  return result.ok
    ? { keyId: result.keyId, warnings: result.warnings.map(({ code }) => code) }
    : result.rejection.reason;
}

const passedBy = (keyId: string | undefined, ...warnings: string[]) => ({ keyId, warnings });

const multipart = (token: string): PostbackRequest =>
  request('', {
    body: `--b1\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--b1--\r\n`,
    headers: { 'content-type': 'multipart/form-data; boundary=b1' },
  });

describe('the token', () => {
  const auth = { token: 'required' };
  const { token } = credential(2);

  test.each([
    ['in the query', request(`clickid=a&token=${token}`)],
    ['in the query, in capitals', request(`TOKEN=${token}`)],
    ['in a form', request('', { body: `token=${token}` })],
    ['in JSON', request('', { body: JSON.stringify({ token }) })],
    ['in the Authorization header', request('', { headers: { authorization: `Bearer ${token}` } })],
    ['in a multipart form', multipart(token)],
    ['before a second question mark', request(`token=${token}?clickid=a&amount=5`)],
    ['after a second question mark', request(`clickid=a?token=${token}`)],
    ['behind a question mark of its own', request(`?token=${token}&clickid=a`)],
    ['between separators of an HTML page', request(`clickid=a&amp;token=${token}&amp;amp;amount=5`)],
    ['in a query that was encoded as a whole', request(encodeURIComponent(`clickid=a&token=${token}`))],
    ['in a query whose names are encoded', request(`clickid=a&%74oken=${token}`)],
    ['in a form with a second question mark', request('', { body: `token=${token}?clickid=a&amount=5` })],
    ['in both', request(`token=${token}`, { headers: { authorization: `bearer ${token}` } })],
  ])('passes %s', (_, sent) => {
    expect(check(sent, { auth })).toEqual(passedBy('k2'));
  });

  test('of the previous key passes, and is told to be retiring', () => {
    expect(check(request(`token=${credential(1).token}`), { auth })).toEqual(passedBy('k1', 'KEY_RETIRING'));
  });

  test('under the previous master passes under the same key, and is told to be retiring', () => {
    const before = credential(2, master).token;
    expect(check(request(`token=${before}`), { auth, master: rotatedMaster })).toEqual(passedBy('k2', 'KEY_RETIRING'));
  });

  test.each([
    ['that is missing', request('clickid=a'), 'AUTH_MISSING'],
    ['that is empty', request('token='), 'AUTH_MISSING'],
    ['in another scheme', request('', { headers: { authorization: 'Basic YTpi' } }), 'AUTH_MISSING'],
    ['under another name', request(`tok=${token}`), 'AUTH_MISSING'],
    ['within the URL of another parameter', request(`to=https://shop.example/?token=${token}`), 'AUTH_MISSING'],
    ['deeper in JSON', request('', { body: JSON.stringify({ data: { token } }) }), 'AUTH_MISSING'],
    ['in JSON that does not parse', request('', { body: `{"token":"${token}"` }), 'AUTH_MISSING'],
    ['in the query and differing in JSON', request(`token=${token}`, { body: '{"token":"x"}' }), 'AUTH_INVALID'],
    ['that is wrong', request('token=k2t00'), 'AUTH_INVALID'],
    ['with a letter changed', request(`token=${token.slice(0, -1)}x`), 'AUTH_INVALID'],
    ['that is cut', request(`token=${token.slice(0, -1)}`), 'AUTH_INVALID'],
    ['in other capitals', request(`token=${token.toUpperCase()}`), 'AUTH_INVALID'],
    ['of a retired key', request(`token=${credential(3).token}`), 'AUTH_INVALID'],
    ['of another integration', request(`token=${currentCredential(master, 'other', keys).token}`), 'AUTH_INVALID'],
    ['of another master', request(`token=${credential(2, rotatedMaster).token}`), 'AUTH_INVALID'],
    ['twice, differing', request(`token=${token}&token=x`), 'AUTH_INVALID'],
    [
      'beside another in the header',
      request(`token=${token}`, { headers: { authorization: 'Bearer x' } }),
      'AUTH_INVALID',
    ],
  ])('%s is rejected', (_, sent, reason) => {
    expect(check(sent, { auth })).toBe(reason);
  });
});

describe('a signature in the query', () => {
  const auth = { hmac: 'required' };
  const seconds = now / 1000;
  const path = '/postback/acme';

  function sign(query: string, by = credential(2), method = 'GET', on = path): string {
    const sig = createHmac('sha256', by.signingKey).update(`v1.${method}.${on}.${query}`).digest('hex');
    return `${query}&sig=${sig}`;
  }
  const unsigned = `clickid=a&amount=12.50&item=a+b%20c&ts=${seconds}&kid=k2`;
  const signed = sign(unsigned);

  test('passes, whatever the case of its digits', () => {
    expect(check(request(signed), { auth })).toEqual(passedBy('k2'));
    const [query, sig = ''] = signed.split('&sig=');
    expect(check(request(`${query}&sig=${sig.toUpperCase()}`), { auth })).toEqual(passedBy('k2'));
  });

  test('by the previous key, or under the previous master, passes', () => {
    const query = `clickid=a&ts=${seconds}&kid=k1`;
    expect(check(request(sign(query, credential(1))), { auth })).toEqual(passedBy('k1', 'KEY_RETIRING'));
    expect(check(request(signed), { auth, master: rotatedMaster })).toEqual(passedBy('k2', 'KEY_RETIRING'));
  });

  test('is as fresh as the integration asks, either way', () => {
    const at = (off: number): PostbackRequest => request(sign(`clickid=a&ts=${seconds + off}&kid=k2`));
    expect(check(at(-300), { auth })).toEqual(passedBy('k2'));
    expect(check(at(300), { auth })).toEqual(passedBy('k2'));
    expect(check(at(-301), { auth })).toBe('AUTH_STALE');
    expect(check(at(301), { auth })).toBe('AUTH_STALE');
    const patient = { signatureToleranceSeconds: 86_400 };
    expect(check(at(-86_400), { auth, fields: patient })).toEqual(passedBy('k2'));
    expect(check(at(-86_401), { auth, fields: patient })).toBe('AUTH_STALE');
  });

  test.each([
    ['that is missing', unsigned, 'AUTH_MISSING'],
    ['on nothing at all', '', 'AUTH_MISSING'],
    ['that is empty', `${unsigned}&sig=`, 'AUTH_INVALID'],
    ['that is no hex', `${unsigned}&sig=${'g'.repeat(64)}`, 'AUTH_INVALID'],
    ['that is too short', signed.slice(0, -2), 'AUTH_INVALID'],
    ['with a digit changed', `${signed.slice(0, -1)}${signed.endsWith('0') ? '1' : '0'}`, 'AUTH_INVALID'],
    ['in base64', `${unsigned}&sig=${createHmac('sha256', 'x').digest('base64')}`, 'AUTH_INVALID'],
    ['that comes twice', `${signed}&sig=${signed.slice(-64)}`, 'AUTH_INVALID'],
    ['that is not the last parameter', `${signed}&amount=99`, 'AUTH_INVALID'],
    ['before an empty parameter', `${signed}&`, 'AUTH_INVALID'],
    ['without a time', sign('clickid=a&kid=k2'), 'AUTH_INVALID'],
    ['without a key ID', sign(`clickid=a&ts=${seconds}`), 'AUTH_INVALID'],
    ['with two times', sign(`clickid=a&ts=1&ts=${seconds}&kid=k2`), 'AUTH_INVALID'],
    ['with two key IDs', sign(`clickid=a&ts=${seconds}&kid=k1&kid=k2`), 'AUTH_INVALID'],
    ['with a time in milliseconds', sign(`clickid=a&ts=${now}&kid=k2`), 'AUTH_INVALID'],
    ['with a time that is none', sign('clickid=a&ts=now&kid=k2'), 'AUTH_INVALID'],
    ['by another key than it names', sign(unsigned, credential(1)), 'AUTH_INVALID'],
    ['by a retired key', sign(`clickid=a&ts=${seconds}&kid=k3`, credential(3)), 'AUTH_INVALID'],
    ['by another master', sign(unsigned, credential(2, rotatedMaster)), 'AUTH_INVALID'],
    ['over reordered parameters', signed.replace('clickid=a&amount=12.50', 'amount=12.50&clickid=a'), 'AUTH_INVALID'],
    ['over re-encoded parameters', signed.replace('a+b%20c', 'a%20b+c'), 'AUTH_INVALID'],
    ['over another amount', signed.replace('12.50', '99.50'), 'AUTH_INVALID'],
    ['with a parameter doubled after signing', `amount=99&${signed}`, 'AUTH_INVALID'],
    ['over another path', sign(unsigned, credential(2), 'GET', '/postback/other'), 'AUTH_INVALID'],
    ['over another method', sign(unsigned, credential(2), 'POST'), 'AUTH_INVALID'],
    ['over the query with its question mark', `${unsigned}&sig=${sign(`?${unsigned}`).slice(-64)}`, 'AUTH_INVALID'],
  ])('%s is rejected', (_, query, reason) => {
    expect(check(request(query), { auth })).toBe(reason);
  });

  test('does not cover a body', () => {
    const sent = request(sign(unsigned, credential(2), 'POST'), { body: 'amount=99' });
    expect(check(sent, { auth })).toBe('AUTH_MISSING');
    expect(check({ ...sent, body: Buffer.alloc(0) }, { auth })).toEqual(passedBy('k2'));
  });

  test('doubled data that the sender signed itself passes, and is a conflict for whoever reads it', () => {
    expect(check(request(sign(`amount=1&amount=2&ts=${seconds}&kid=k2`)), { auth })).toEqual(passedBy('k2'));
  });
});

describe('a signature by Standard Webhooks', () => {
  const auth = { hmac: 'required' };
  const body = '{"clickid":"a","amount":12.50}';
  const time = new Date(now);

  function signed(
    by: readonly IntegrationCredential[],
    fields: Partial<{ body: string; id: string; time: Date; query: string }> = {},
  ): PostbackRequest {
    const [id, at] = [fields.id ?? 'msg_1', fields.time ?? time];
    const signatures = by.map(({ signingKey }) => new Webhook(writeSigningKey(signingKey)).sign(id, at, body));
    return request(fields.query ?? '', {
      body: fields.body ?? body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(at.getTime() / 1000),
        'webhook-signature': signatures.join(' '),
      },
    });
  }
  const [present, previous, retired] = [credential(2), credential(1), credential(3)];
  const withHeader = (name: string, value: string | undefined): PostbackRequest => {
    const sent = signed([present]);
    return { ...sent, headers: { ...sent.headers, [name]: value } };
  };

  test('of the published library passes', () => {
    expect(check(signed([present]), { auth })).toEqual(passedBy('k2'));
    expect(check(signed([previous]), { auth })).toEqual(passedBy('k1', 'KEY_RETIRING'));
    expect(check(signed([present]), { auth, master: rotatedMaster })).toEqual(passedBy('k2', 'KEY_RETIRING'));
  });

  test('passes where one of several is right, and beside other versions', () => {
    expect(check(signed([retired, present]), { auth })).toEqual(passedBy('k2'));
    expect(check(signed([previous, present]), { auth })).toEqual(passedBy('k2'));
    const both = signed([present]).headers['webhook-signature'];
    expect(check(withHeader('webhook-signature', `v1a,AAAA ${both}`), { auth })).toEqual(passedBy('k2'));
  });

  test('passes with the token in the query, and with no other parameter there: no signature covers it', () => {
    const both = { hmac: 'required', token: 'required' };
    expect(check(signed([present], { query: `token=${present.token}` }), { auth: both })).toEqual(passedBy('k2'));
    for (const query of ['txid=T2', `token=${present.token}&txid=T2`, 'clickid=b', 'test=1']) {
      expect(check(signed([present], { query }), { auth })).toBe('AUTH_INVALID');
    }
  });

  test('is as fresh as the integration asks, either way', () => {
    for (const [off, outcome] of [
      [300, passedBy('k2')],
      [301, 'AUTH_STALE'],
      [-301, 'AUTH_STALE'],
    ] as const) {
      expect(check(signed([present], { time: new Date(now + off * 1000) }), { auth })).toEqual(outcome);
    }
  });

  test.each([
    ['that is missing', request('', { body }), 'AUTH_MISSING'],
    ['over another body', signed([present], { body: body.replace('12.50', '99.50') }), 'AUTH_INVALID'],
    [
      'over the same body written otherwise',
      signed([present], { body: '{"clickid":"a", "amount":12.50}' }),
      'AUTH_INVALID',
    ],
    ['over no body', signed([present], { body: '' }), 'AUTH_INVALID'],
    ['by a retired key', signed([retired]), 'AUTH_INVALID'],
    ['by another master', signed([credential(2, rotatedMaster)]), 'AUTH_INVALID'],
    ['with another ID', withHeader('webhook-id', 'msg_2'), 'AUTH_INVALID'],
    ['with a dot in its ID', signed([present], { id: 'msg.1' }), 'AUTH_INVALID'],
    ['without an ID', withHeader('webhook-id', undefined), 'AUTH_INVALID'],
    ['with another time', withHeader('webhook-timestamp', String(now / 1000 + 1)), 'AUTH_INVALID'],
    ['without a time', withHeader('webhook-timestamp', undefined), 'AUTH_INVALID'],
    ['of another version only', withHeader('webhook-signature', 'v1a,AAAA'), 'AUTH_INVALID'],
    ['that is none', withHeader('webhook-signature', 'v1,%%%'), 'AUTH_INVALID'],
    [
      'that is cut',
      withHeader('webhook-signature', signed([present]).headers['webhook-signature']?.slice(0, 20)),
      'AUTH_INVALID',
    ],
  ])('%s is rejected', (_, sent, reason) => {
    expect(check(sent, { auth })).toBe(reason);
  });
});

describe('the published signatures', () => {
  const [published] = vectors.keys;
  const own = { currentNumber: 1, current: published?.master ?? '' };

  test.each(vectors.signatures)('$method $path, $kind', (vector) => {
    const key = Buffer.from(vector.secret.replace('whsec_', ''), 'base64');
    const mac = createHmac('sha256', key).update(vector.signedText);
    const sent =
      vector.signedQuery === undefined
        ? request('', {
            path: vector.path,
            body: vector.body ?? '',
            headers: {
              'webhook-id': vector.webhookId ?? '',
              'webhook-timestamp': vector.webhookTimestamp ?? '',
              'webhook-signature': vector.webhookSignature ?? '',
            },
          })
        : request(vector.signedQuery, { path: vector.path, method: vector.method });
    expect(vector.sig ?? vector.webhookSignature).toBe(
      vector.sig === undefined ? `v1,${mac.digest('base64')}` : mac.digest('hex'),
    );
    expect(check(sent, { auth: { hmac: 'required' }, master: own, keys: { current: 2 } })).toEqual(
      passedBy(vector.keyId),
    );
  });

  test('hold what they held when they were published', () => {
    expect(vectors.signatures.map(({ sig, webhookSignature }) => sig ?? webhookSignature)).toEqual([
      'c998b5321a319b83b9e816ee0b7b2f9d78fddc801f617dc57917b51108ba0fda',
      'f5b2515ff8ad618a8b8c78afff6920a350cd28fcadd061611a1f47f726937db1',
      'v1,aBOga7+aQglR4GGOBIidaWvm+RJ3KULPJUjfuZUtaOQ=',
    ]);
  });
});

describe('a tier', () => {
  const bad = request('token=wrong');
  const fields = { ipAllowlist: ['198.51.100.0/24'] };

  test('that is off asks nothing', () => {
    expect(check(bad, { auth: { token: 'off', hmac: 'off', ip: 'off' } })).toEqual(passedBy(undefined));
  });

  test('that reports lets pass and says what it would have rejected', () => {
    const auth = { token: 'report', hmac: 'report', ip: 'report' };
    expect(check(bad, { auth, fields })).toEqual(
      passedBy(undefined, 'AUTH_WOULD_REFUSE', 'AUTH_WOULD_REFUSE', 'AUTH_WOULD_REFUSE'),
    );
  });

  test('that is required rejects, though the others pass or report', () => {
    expect(check(bad, { auth: { token: 'required', hmac: 'report' } })).toBe('AUTH_INVALID');
    expect(check(bad, { auth: { token: 'report', hmac: 'required' } })).toBe('AUTH_MISSING');
    expect(check(bad, { auth: { ip: 'required' }, fields })).toBe('IP_NOT_ALLOWED');
    expect(check({ ...bad, sourceIp: '198.51.100.9' }, { auth: { ip: 'required' }, fields })).toEqual(
      passedBy(undefined),
    );
  });

  test('of a new integration requires the token', () => {
    expect(integration().auth).toEqual({ token: 'required', hmac: 'off', ip: 'off' });
    expect(integration({ auth: { hmac: 'report' } }).auth).toEqual({ token: 'required', hmac: 'report', ip: 'off' });
  });

  test('says no secret in what it says', () => {
    const { token } = credential(2);
    const refused = authenticate(request('token=nearly'), integration(), [credential(2)], 'postback');
    expect(JSON.stringify(refused)).not.toContain(token);
    expect(JSON.stringify(refused)).not.toContain('nearly');
  });
});
