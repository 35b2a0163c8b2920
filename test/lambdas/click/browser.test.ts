import { brotliDecompressSync } from 'node:zlib';
import type * as handlerModule from '../../../lambdas/click/handler';
import { visitorScript } from '../../../lambdas/domain/click/script-text';
import { readClick } from '../../../lambdas/adapters/clicks-table';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { newClickId } from '../adapters/support/claims';
import { campaignDocument, putDocument } from '../adapters/support/documents';
import { eventOf, type EventFields } from '../adapters/support/http-events';
import { noHurry } from '../adapters/support/storage';
import { startWorld, type World } from '../adapters/support/world';
import { settle } from '../../../lambdas/retry/settle';

type Handler = typeof handlerModule;
const minute = 60_000;
/** Five minutes into a half hour, and a minute before the next. */
const [now, late] = [Date.UTC(2026, 10, 23, 12, 5), Date.UTC(2026, 10, 23, 12, 29)];
const shop = 'https://shop.example';

let world: World;
let lines: CapturedLines;
let handle: Handler['handler'];

function coldHandler(): Handler['handler'] {
  let loaded: Handler | undefined;
  jest.isolateModules(() => (loaded = jest.requireActual<Handler>('../../../lambdas/click/handler')));
  if (loaded === undefined) throw new Error('it was not loaded');
  return loaded.handler;
}

beforeAll(async () => {
  world = await startWorld({ configCacheSeconds: 60 });
  const offers = [
    { id: 'a', url: `${shop}/a?c={clickid}`, weight: 1 },
    { id: 'b', url: `${shop}/b/?c={clickid}`, weight: 1 },
  ];
  await putDocument(world.storage, 'campaign', 'cookies', { ...campaignDocument, browser: { cookie: true } });
  await putDocument(world.storage, 'campaign', 'script', { ...campaignDocument, offers, browser: { origins: [shop] } });
  await putDocument(world.storage, 'campaign', 'closed', {
    ...campaignDocument,
    status: 'paused',
    browser: { origins: [shop] },
  });
  handle = coldHandler();
});
beforeEach(() => (lines = capturedLines()));
afterEach(() => {
  lines.end();
  world.reset();
});
afterAll(() => world.stop());

type Fields = EventFields & { readonly cookies?: string[] };

async function ask(target: string, { cookies, ...fields }: Fields = {}, by = handle) {
  const event = { ...eventOf(target, fields), ...(cookies !== undefined && { cookies }) };
  const answer = await by(event, { getRemainingTimeInMillis: () => 6000 });
  const { statusCode, headers = {}, body = '', isBase64Encoded } = answer;
  const location = typeof headers['location'] === 'string' ? new URL(headers['location']) : undefined;
  return {
    status: statusCode,
    headers,
    body,
    isBase64Encoded,
    cookies: answer.cookies ?? [],
    redirected: location?.searchParams.get('c') ?? location?.searchParams.get('sub') ?? '',
    page: location?.pathname,
  };
}

/** What the script on a landing page sends. */
function scripted(query: string, fields: Fields = {}, page = `${shop}/a`) {
  const headers = { origin: shop, 'content-type': 'text/plain;charset=UTF-8', ...fields.headers };
  return ask('/t/script', { method: 'POST', now, body: JSON.stringify({ page, query }), ...fields, headers });
}

const idOf = ({ body }: { readonly body: string }): string => String(JSON.parse(body).clickId);
const calls = () => world.storage.proxy.calls();
const rows = async (campaign = 'script') =>
  (await world.storage.items('clicks')).map(readClick).filter((click) => click.campaign === campaign);
const stored = async (id: string) => (await rows()).find(({ clickId }) => clickId === id);

describe('the cookie of a click', () => {
  test('keeps the ID for the window of the campaign, on this host alone', async () => {
    const { redirected, cookies } = await ask('/c/cookies');
    expect(cookies).toEqual([
      `__Host-pt.cookies=${redirected}; Path=/; Max-Age=${90 * 86_400}; Secure; HttpOnly; SameSite=Lax`,
    ]);
  });

  test('is set in no more writes, and only where the campaign says so', async () => {
    await ask('/c/cookies');
    await ask('/c/spring');
    world.storage.proxy.forget();
    expect((await ask('/c/cookies')).cookies.length).toBe(1);
    expect((await ask('/c/spring')).cookies).toEqual([]);
    expect(calls()).toEqual(['PutItem Clicks', 'PutItem Clicks']);
  });

  test('of a sixth campaign takes the place of the oldest', async () => {
    const cookies = [3, 1, 4, 2, 5].map((age) => `__Host-pt.c${age}=${newClickId(Date.now() - age * minute)}`);
    const { cookies: set } = await ask('/c/cookies', { cookies });
    expect(set.map((text) => text.replace(/=.*Max-Age=/, ' ').split(';')[0])).toEqual([
      `__Host-pt.cookies ${90 * 86_400}`,
      '__Host-pt.c5 0',
    ]);
  });
});

describe('a click by script', () => {
  test('gives the page its ID, once it is stored with what the page kept of its address', async () => {
    const { status, headers, body } = await scripted('gclid=G-1&utm_source=google&sub1=x&utm_campaign=y');
    expect([status, headers['access-control-allow-origin'], headers['vary']]).toEqual([200, shop, 'origin']);
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(await stored(idOf({ body }))).toMatchObject({
      campaign: 'script',
      integration: 'acme',
      offer: 'a',
      source: 'google',
      subs: { sub1: 'x' },
      parameters: { gclid: 'G-1', utm_source: 'google', utm_campaign: 'y' },
      ipPrefix: '203.0.113.0/24',
    });
  });

  test.each([
    [`${shop}/b/deep/er`, 'b'],
    [`${shop}/elsewhere`, 'a'],
    ['https://other.example/a', 'page'],
    ['nonsense', 'page'],
  ])('on %s is of the offer that the page is', async (page, offer) => {
    const id = idOf(await scripted(`utm_source=mail&external_id=${encodeURIComponent(page)}`, {}, page));
    expect((await stored(id))?.offer).toBe(offer);
  });

  test.each([
    ['another origin', { headers: { origin: 'https://evil.example' } }],
    ['another scheme', { headers: { origin: 'http://shop.example' } }],
    ['another port', { headers: { origin: `${shop}:8443` } }],
    ['the origin of a sandbox', { headers: { origin: 'null' } }],
    ['no origin', { headers: { origin: '' } }],
  ])('from %s is rejected, without a header that lets the page read it, and without a click', async (_, fields) => {
    await scripted('gclid=first');
    const before = (await rows()).length;
    world.storage.proxy.forget();
    const { status, headers } = await scripted('gclid=foreign', fields);
    expect([status, headers['access-control-allow-origin'], calls()]).toEqual([403, undefined, []]);
    expect((await rows()).length).toBe(before);
  });

  test.each([
    ['no JSON', { body: 'page=1' }, 400],
    ['more than 64 kB', { body: JSON.stringify({ query: `x=${'y'.repeat(66_000)}` }) }, 413],
    ['GET', { method: 'GET' }, 405],
    ['OPTIONS', { method: 'OPTIONS' }, 204],
  ])('with %s is rejected', async (_, fields, expected) => {
    expect((await scripted('gclid=x', fields)).status).toBe(expected);
  });

  test('of a campaign that does not name the page, that is paused, or that is unknown is none', async () => {
    for (const [campaign, expected] of [
      ['spring', 403],
      ['closed', 404],
      ['nowhere', 404],
    ] as const) {
      const fields = { method: 'POST', body: '{"query":"gclid=1"}', headers: { origin: shop } };
      expect((await ask(`/t/${campaign}`, fields)).status).toBe(expected);
    }
    expect(lines.counts()).toEqual({ ClickUnserved: 3 });
  });

  test('waits in the queue while the table is down, and has no ID where the queue is down as well', async () => {
    world.storage.proxy.break({ fault: 'error', table: 'Clicks' });
    expect((await scripted('gclid=queued')).status).toBe(200);
    expect(world.queue.sent.length).toBe(1);
    world.queue.rejects = () => true;
    expect((await scripted('gclid=lost')).status).toBe(503);
  });
});

describe('the same click of an ad, by redirect and by script', () => {
  const byRedirect = async (query: string, at: number) => (await ask(`/c/script?${query}`, { now: at })).redirected;
  const byScript = async (query: string, at: number) => idOf(await scripted(query, { now: at }));
  const ways = { redirect: byRedirect, script: byScript };
  type Way = keyof typeof ways;
  const pairs: readonly (readonly [Way, Way])[] = [
    ['redirect', 'script'],
    ['script', 'redirect'],
    ['script', 'script'],
    ['redirect', 'redirect'],
  ];
  let ad = 0;

  test.each(pairs)('is one: %s, then %s, also where a half hour begins between them', async (first, second) => {
    for (const [at, later] of [
      [now, 0],
      [now, 20 * minute],
      [late, 2 * minute],
      [late, 30 * minute],
    ] as const) {
      const query = `gclid=ad-${ad++}&source=${ad}`;
      const id = await ways[first](query, at);
      expect(await ways[second](`x=1&${query.replace('gclid', 'GCLID')}`, at + later)).toBe(id);
      expect((await rows()).filter(({ clickId }) => clickId === id).length).toBe(1);
    }
  });

  test.each(pairs)('is another after half an hour: %s, then %s', async (first, second) => {
    const query = `gclid=ad-${ad++}`;
    const id = await ways[first](query, now);
    const next = await ways[second](query, now + 31 * minute);
    expect(next).not.toBe(id);
    expect(await ways[first](query, now + 50 * minute)).toBe(next);
  });

  test('is one when both come at once', async () => {
    for (let time = 0; time < 5; time++) {
      const query = `fbclid=ad-${ad++}`;
      const ids = await Promise.all([byRedirect(query, now), byScript(query, now), byRedirect(query, now)]);
      expect(new Set(ids).size).toBe(1);
    }
  });

  test('goes where its row says that it went', async () => {
    for (let time = 0; time < 10; time++) {
      const query = `gclid=ad-${ad++}`;
      await scripted(query, {}, `${shop}/b/`);
      expect((await ask(`/c/script?${query}`, { now })).page).toBe('/b/');
    }
  });

  test('is one though it waited in the queue by both ways', async () => {
    const query = `gclid=ad-${ad++}`;
    world.storage.proxy.break({ fault: 'error', table: 'Clicks' });
    const id = await byRedirect(query, now);
    expect(await byScript(query, now + minute)).toBe(id);
    world.storage.proxy.heal();
    for (const { body } of world.queue.sent) {
      await settle({ body, deliveries: 1 }, world.newStores(), async () => 0, noHurry);
    }
    expect((await stored(id))?.clickedAt).toBe(now);
  });

  test.each([
    ['another ID', 'gclid=other'],
    ['another platform', 'fbclid=one'],
  ])('%s is another click', async (_, query) => {
    const first = await byRedirect('gclid=one', now);
    expect(await byRedirect(query, now)).not.toBe(first);
  });

  test.each([
    ['a macro in place of the ID', 'gclid={gclid}'],
    ['no ID of an ad', 'utm_source=x'],
  ])('%s is another click each time', async (_, query) => {
    expect(await byRedirect(query, now)).not.toBe(await byRedirect(query, now));
  });

  test.each(['redirect', 'script'] as const)('is never that of a crawler before it, by %s', async (way) => {
    const query = `fbclid=ad-${ad++}`;
    const headers = { 'user-agent': 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)' };
    const crawled = (await ask(`/c/script?${query}`, { now, headers })).redirected;
    const id = await ways[way](query, now + minute);
    expect([(await stored(crawled))?.bot, (await stored(id))?.bot]).toEqual([true, false]);
    expect((await ask(`/c/script?${query}`, { now: now + 2 * minute, headers })).redirected).not.toBe(id);
  });

  test('of another campaign is another click', async () => {
    expect((await ask('/c/cookies?gclid=one', { now })).redirected).not.toBe(await byRedirect('gclid=one', now));
  });

  test('costs one write and one read; a campaign without a script looks for nothing', async () => {
    await ask('/c/spring?gclid=warm', { now });
    await byRedirect('gclid=warm', now);
    world.storage.proxy.forget();
    await byRedirect('gclid=counted', now);
    expect(calls()).toEqual(['GetItem Clicks', 'PutItem Clicks']);
    world.storage.proxy.forget();
    await ask('/c/spring?gclid=counted', { now });
    await ask('/c/script?source=x', { now });
    expect(calls()).toEqual(['PutItem Clicks', 'PutItem Clicks']);
  });
});

describe('the script', () => {
  test('is kept for good, may be loaded by any page, and comes compressed', async () => {
    const plain = await ask('/s/1/t.js');
    expect(plain).toMatchObject({ status: 200, body: visitorScript.text });
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const small = await ask('/s/1/t.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(small.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(Buffer.from(small.body, 'base64')).toString()).toBe(visitorScript.text);
  });

  test('is not sent again to a browser that has it', async () => {
    const { headers } = await ask('/s/1/t.js');
    const again = await ask('/s/1/t.js', { headers: { 'if-none-match': String(headers['etag']) } });
    expect([again.status, again.body]).toEqual([304, '']);
  });
});
