import { createHmac } from 'node:crypto';
import { capturePrinted } from './support/printed';
import { clickIdIn, loadFunctions, type Answered, type Asked, type Functions } from './support/functions';
import { firstMaster, startWire, type Wire, type WireCall } from './support/wire';

/** Nothing of these may be found in anything that the functions write, queue, print or count. */
const planted = {
  address: '203.0.113.77',
  addressInHeader: '198.51.100.23',
  address6: '2001:db8:aaaa:bbbb:1:2:3:77',
  wrongToken: 'planted-wrong-token-31415926',
  wrongSignature: 'fa'.repeat(32),
  webhookSignature: 'cGxhbnRlZC13ZWJob29rLXNpZ25hdHVyZQ==',
  password: 'planted-password-hunter2',
  apiKey: 'planted-api-key-2718281828',
  email: 'planted.person@mail.example',
  agentEmail: 'planted.crawler@agent.example',
  pathEmail: 'planted.path@mail.example',
  orderEmail: 'planted.order@mail.example',
  headerCookie: 'planted-cookie-1618033',
} as const;

const headers = {
  'x-forwarded-for': planted.addressInHeader,
  'x-real-ip': planted.addressInHeader,
  forwarded: `for=${planted.addressInHeader}`,
  'user-agent': `sender/1.0 (mailto:${planted.agentEmail})`,
  cookie: `session=${planted.headerCookie}`,
};

let wire: Wire;
let functions: Functions;
let printed: ReturnType<typeof capturePrinted>;
let token: string;
let signingSecret: string;
let signingKey: Buffer;
const answers: Answered[] = [];

/** Something harmless of each request, which must be found: otherwise the search proves nothing. */
const marks = ['mark-recorded', 'mark-refused', 'mark-parked', 'mark-broken', 'mark-batch', 'mark-click'] as const;

async function send(asked: Asked): Promise<Answered> {
  const answer = await functions.postback({ sourceIp: planted.address, headers, ...asked });
  answers.push(answer);
  return answer;
}

async function click(asked: Omit<Asked, 'path'> = {}): Promise<string> {
  const answer = await functions.click({ path: '/c/spring', sourceIp: planted.address, headers, ...asked });
  return clickIdIn(answer);
}

function reasonOf({ body }: Answered): unknown {
  return (JSON.parse(body) as { reason?: unknown }).reason;
}

const personal = [
  `email=${planted.email}`,
  `contact=${encodeURIComponent(planted.email)}`,
  `password=${planted.password}`,
  `api_key=${planted.apiKey}`,
  `ip=${planted.address}`,
  `client_ip=${encodeURIComponent(planted.address6)}`,
].join('&');

/** Everything that a tracker meets in a day, from one visitor and one sender. */
async function runTheDay(): Promise<void> {
  await functions.admin('PUT', '/integrations/acme', { name: 'Acme', preset: 'generic', currency: 'USD' });
  const strict = { name: 'Strict', preset: 'generic', auth: { token: 'report', hmac: 'required', ip: 'report' } };
  await functions.admin('PUT', '/integrations/strict', { ...strict, ipAllowlist: [planted.addressInHeader] });
  for (const [campaign, integration] of [
    ['spring', 'acme'],
    ['summer', 'strict'],
  ] as const) {
    const offers = [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 1 }];
    await functions.admin('PUT', `/campaigns/${campaign}`, { name: campaign, integration, status: 'active', offers });
  }
  const connection = JSON.parse((await functions.admin('POST', '/integrations/acme/credentials')).body) as {
    token: string;
  };
  token = connection.token;
  const signed = JSON.parse((await functions.admin('POST', '/integrations/strict/credentials')).body) as {
    hmac: { secret: string };
  };
  signingSecret = signed.hmac.secret;
  signingKey = Buffer.from(signingSecret.replace('whsec_', ''), 'base64');
  wire.forget();

  const plain = { ...headers, 'user-agent': 'Mozilla/5.0' };
  const clickId = await click({ query: 'sub1=mark-click', headers: plain });
  wire.brokenTables.add('Clicks');
  await click({ query: 'sub1=mark-click-queued', headers: plain });
  wire.brokenTables.clear();

  const path = '/postback/acme';
  const good = `clickid=${clickId}&amount=5&${personal}`;
  expect(reasonOf(await send({ path, query: `${good}&txid=mark-recorded&token=${token}` }))).toBe('OK');
  expect(reasonOf(await send({ path, query: `${good}&txid=mark-recorded&token=${token}` }))).toBe('OK_DUPLICATE');
  const bearer = { ...headers, authorization: `Bearer ${token}` };
  const body = JSON.stringify({ clickid: clickId, txid: planted.orderEmail, amount: 3, email: planted.email, token });
  expect(reasonOf(await send({ method: 'POST', path, headers: bearer, body }))).toBe('OK');
  expect(reasonOf(await send({ path, query: `${good}&txid=d1&token=${token}&dry_run=1` }))).toBe('OK');

  const wrong = { ...headers, authorization: `Bearer ${planted.wrongToken}` };
  expect(reasonOf(await send({ path, query: `${good}&txid=mark-refused&token=${planted.wrongToken}` }))).toBe(
    'AUTH_INVALID',
  );
  expect(reasonOf(await send({ path, query: `${good}&txid=mark-refused`, headers: wrong }))).toBe('AUTH_INVALID');
  const amount = `clickid=${clickId}&amount=${encodeURIComponent(planted.email)}&token=${token}`;
  expect(reasonOf(await send({ path, query: amount }))).toBe('AMOUNT_INVALID');
  expect(reasonOf(await send({ path, query: `clickid=${planted.email}&token=${token}` }))).toBe('CLICK_ID_MALFORMED');
  await send({ path: `/postback/${planted.pathEmail}`, query: good });
  for (const inPath of [`token=${token}`, token]) {
    // The answer tells senders what they wrote, and nobody else.
    await functions.postback({ path: `/postback/${inPath}`, query: good, sourceIp: planted.address, headers });
  }

  const signedClick = clickIdIn(
    await functions.click({ path: '/c/summer', sourceIp: planted.address6, headers: plain }),
  );
  const now = Math.floor(Date.now() / 1000);
  const text = `clickid=${signedClick}&amount=7&${personal}&ts=${now}&kid=k1`;
  const sig = createHmac('sha256', signingKey).update(`v1.GET./postback/strict.${text}`).digest('hex');
  const fromSix = { path: '/postback/strict', sourceIp: planted.address6 };
  const passed = await send({ ...fromSix, query: `${text}&sig=${sig}` });
  expect(reasonOf(passed)).toBe('OK');
  // The allowlist holds the address that the header claims: only the platform's counts.
  expect(passed.body).toContain('IP_NOT_ALLOWED');
  expect(reasonOf(await send({ ...fromSix, query: `${text}&sig=${planted.wrongSignature}` }))).toBe('AUTH_INVALID');
  const webhook = {
    'webhook-id': 'm1',
    'webhook-timestamp': String(now),
    'webhook-signature': `v1,${planted.webhookSignature}`,
  };
  await send({
    ...fromSix,
    method: 'POST',
    headers: { ...headers, ...webhook },
    body: JSON.stringify({ clickid: signedClick }),
  });

  // Parked: genuine, and its row is gone. Broken: nothing of DynamoDB answers.
  wire.brokenTables.add('Clicks');
  const parked = `clickid=${await click({ headers: plain })}&amount=5&${personal}&token=${token}`;
  wire.brokenTables.clear();
  expect(reasonOf(await send({ path, query: `${parked}&txid=mark-parked` }))).toBe('PENDING_UNMATCHED');
  for (const table of ['Config', 'Clicks', 'Conversions', 'PostbackLog']) wire.brokenTables.add(table);
  expect(reasonOf(await send({ path, query: `${good}&txid=mark-broken&token=${token}` }))).toBe('PENDING_RETRY');
  expect(reasonOf(await send({ path: '/postback', query: `${good}&txid=mark-broken&token=${token}` }))).toBe(
    'PENDING_RETRY',
  );
  wire.brokenTables.clear();
  wire.brokenTables.add('PostbackLog');
  await send({ path, query: `${good}&txid=mark-unlogged&token=${token}` });
  wire.brokenTables.clear();

  const rows = [
    { clickid: clickId, txid: 'mark-batch', amount: 1, email: planted.email, password: planted.password },
    { clickid: 'no-click-id', contact: planted.email },
  ];
  const batch = { method: 'POST', path: '/postbacks/acme', headers: { ...bearer, 'content-type': 'application/json' } };
  expect(reasonOf(await send({ ...batch, body: JSON.stringify(rows) }))).toBe('PENDING_BATCH');
  await send({ ...batch, headers: wrong, body: JSON.stringify(rows) });

  const waiting = [...wire.messages];
  await functions.retry(waiting);
  // Too late for all: what does not settle is put aside.
  for (const table of ['Clicks', 'Conversions', 'PostbackLog']) wire.brokenTables.add(table);
  await functions.retry(waiting, 300);
  wire.brokenTables.clear();
}

beforeAll(async () => {
  wire = await startWire();
  printed = capturePrinted();
  functions = loadFunctions();
  try {
    await runTheDay();
  } finally {
    printed.release();
  }
}, 60_000);
afterAll(() => wire.stop());

/** Everything that left the functions, by where it went. */
function outlets(): Readonly<Record<string, string>> {
  const written = wire.calls.filter(({ operation }) => operation !== 'GetItem' && operation !== 'Query');
  const bodies = (calls: readonly WireCall[]): string => calls.map(({ body }) => body).join('\n');
  return {
    conversions: bodies(written.filter(({ table }) => table === 'Conversions')),
    tables: bodies(written.filter(({ service, table }) => service === 'dynamodb' && table !== 'Conversions')),
    queues: bodies(written.filter(({ service }) => service === 'sqs')),
    log: printed.text(),
  };
}

const { orderEmail, ...neverKept } = planted;

test.each(Object.entries(neverKept))('%s is in no table, no queue, no log line, no metric', (_, value) => {
  for (const [outlet, text] of Object.entries(outlets())) expect([outlet, findings(text, value)]).toEqual([outlet, []]);
});

test('an address that a sender made its transaction ID is in the conversion, whose key it is, and nowhere else', () => {
  const { conversions = '', ...others } = outlets();
  expect(conversions).toContain(orderEmail);
  for (const [outlet, text] of Object.entries(others))
    expect([outlet, findings(text, orderEmail)]).toEqual([outlet, []]);
});

test('the genuine token, the signing key and the master are in no table, no queue, no log line', () => {
  const keys = [
    token,
    signingSecret,
    signingSecret.replace('whsec_', ''),
    signingKey.toString('hex'),
    firstMaster.current,
  ];
  for (const [outlet, text] of Object.entries(outlets())) {
    for (const key of keys) expect([outlet, findings(text, key)]).toEqual([outlet, []]);
  }
});

test('no answer tells a key, the sender’s address or anything of another', () => {
  const text = answers.map(({ body, headers: own }) => body + JSON.stringify(own)).join('\n');
  for (const secret of [token, signingSecret, firstMaster.current, planted.address, planted.address6]) {
    expect(findings(text, secret)).toEqual([]);
  }
});

test('the search would find what is there', () => {
  const { tables = '', queues = '', log = '' } = outlets();
  for (const mark of marks) expect(tables + queues).toContain(mark);
  expect(tables).toContain('203.0.113.0/24');
  expect(tables).toContain('2001:db8:aaaa::/48');
  expect(queues).toContain('"kind\\":\\"postback\\"');
  expect(queues).toContain('"kind\\":\\"click\\"');
  expect(queues).toContain('"kind\\":\\"log\\"');
  expect(queues).toContain('firstFailedAt');
  expect(log).toContain('PostbackReceived');
  expect(findings('x 203.0.113.77 y', planted.address)).not.toEqual([]);
});

/** Where a text holds a value, as it is, encoded for a URL or JSON, or in base64. */
function findings(text: string, value: string): readonly string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -1);
  const forms = new Set([value, encodeURIComponent(value), base64]);
  return [...forms].flatMap((form) => {
    const at = text.indexOf(form);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 120), at + form.length + 40)];
  });
}
