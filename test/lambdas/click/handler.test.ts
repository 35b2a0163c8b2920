import type * as handlerModule from '../../../lambdas/click/handler';
import { clickHeaders, edgeHeader } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { readMessage } from '../../../lambdas/domain/queue/message';
import { readClickId } from '../../../lambdas/domain/click/signed-click-id';
import { clickIdKeys } from '../../../lambdas/domain/trust/keys';
import { readClick } from '../../../lambdas/adapters/clicks-table';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { campaignDocument, putDocument } from '../adapters/support/documents';
import { eventOf, type EventFields } from '../adapters/support/http-events';
import { master } from '../adapters/support/secret-server';
import { startWorld, type World } from '../adapters/support/world';

type Handler = typeof handlerModule;
let world: World;
let lines: CapturedLines;
let handle: Handler['handler'];

/** A function anew, with nothing in memory. */
function coldHandler(): Handler['handler'] {
  let loaded: Handler | undefined;
  jest.isolateModules(() => (loaded = jest.requireActual<Handler>('../../../lambdas/click/handler')));
  if (loaded === undefined) throw new Error('it was not loaded');
  return loaded.handler;
}

beforeAll(async () => {
  world = await startWorld({ configCacheSeconds: 60 });
  await putDocument(world.storage, 'campaign', 'paused', { ...campaignDocument, status: 'paused' });
  await putDocument(world.storage, 'campaign', 'macros', {
    ...campaignDocument,
    offers: [
      {
        id: 'a',
        weight: 1,
        url: 'https://shop.example/{campaign}/{offer}?s={source}&1={sub1}&10={sub10}&x={external_id}&c={clickid}&t={timestamp}&u={unknown}#f',
      },
      { id: 'b', weight: 1, status: 'paused', url: 'https://paused.example/' },
    ],
  });
  handle = coldHandler();
});
beforeEach(() => (lines = capturedLines()));
afterEach(() => {
  lines.end();
  world.reset();
});
afterAll(() => world.stop());

async function visit(campaign: string, query = '', fields: EventFields = {}, by = handle) {
  const event = eventOf(`/c/${campaign}${query}`, { parameters: { campaign }, ...fields });
  const { statusCode, headers = {}, body } = await by(event, { getRemainingTimeInMillis: () => 6000 });
  const location = headers['location'] === undefined ? undefined : new URL(String(headers['location']));
  return { status: statusCode, headers, body, location, clickId: location?.searchParams.get('sub') ?? undefined };
}
const stored = async (clickId: string | undefined) => {
  const item = (await world.storage.items('clicks')).find((one) => one['clickId']?.S === clickId);
  return item === undefined ? undefined : readClick(item);
};

test('a visitor is redirected once the click is stored, in one write and, warm, no read', async () => {
  await visit('spring');
  world.storage.proxy.forget();
  lines.clear();

  const { status, headers, clickId } = await visit('spring', '?source=news&sub1=a%20b&external_id=g1&cost=0.02&utm=x');

  expect([status, headers['cache-control']]).toEqual([302, 'no-store']);
  expect(readClickId(clickId ?? '', clickIdKeys(master))).toMatchObject({ outcome: 'genuine' });
  expect(world.storage.proxy.calls()).toEqual(['PutItem Clicks']);
  expect(await stored(clickId)).toMatchObject({
    campaign: 'spring',
    integration: 'acme',
    offer: 'main',
    source: 'news',
    subs: { sub1: 'a b' },
    externalId: 'g1',
    cost: '0.02',
    parameters: { utm: 'x' },
    bot: false,
    ipPrefix: '203.0.113.0/24',
  });
  expect(lines.counts()).toEqual({ [metric.clickReceived]: 1 });
});

test('no row and no line of the log holds the visitor’s address', async () => {
  const { clickId } = await visit('spring', '', { sourceIp: '198.51.100.77' });

  expect(JSON.stringify([await stored(clickId), lines.records])).not.toContain('198.51.100.77');
});

test('a row has the country that the edge names, and nothing is read of a click that the edge does not hand on', async () => {
  const read = new Set<string>();
  const headers = new Proxy<Record<string, string>>(
    { 'cloudfront-viewer-country': 'NZ', 'content-type': 'text/plain' },
    {
      get: (sent, name) => {
        read.add(String(name));
        return sent[String(name)];
      },
    },
  );
  const event = eventOf('/c/spring', { headers, method: 'POST', body: 'sub1=red' });
  const through = {
    ...event,
    headers,
    requestContext: { ...event.requestContext, authorizer: { lambda: { through: 'edge' } } },
  };
  const { headers: answered } = await handle(through, { getRemainingTimeInMillis: () => 5000 });
  const [clickId = ''] = /\w{32}/.exec(String(answered?.['location'])) ?? [];

  expect(await stored(clickId)).toMatchObject({ country: 'NZ' });
  expect(await stored((await visit('spring', '')).clickId)).not.toHaveProperty('country');
  const handedOn: readonly string[] = [...clickHeaders, edgeHeader.viewerAddress, edgeHeader.viewerCountry];
  // Those of a postback alone.
  const ofPostbacks = ['authorization', 'webhook-id', 'webhook-timestamp', 'webhook-signature', 'idempotency-key'];
  expect([...read].filter((name) => !handedOn.includes(name) && !ofPostbacks.includes(name))).toEqual([]);
});

test('a row tells the network of a visitor and a mark of the day, and nothing else of the address', async () => {
  const rowOf = async (sourceIp: string) => {
    const { clickId } = await visit('spring', '', { sourceIp, now: Date.UTC(2026, 10, 23, 12) });
    const row = await stored(clickId);
    return { ...row, clickId: undefined };
  };
  const [one, other] = [await rowOf('198.51.100.1'), await rowOf('198.51.100.2')];

  expect({ ...one, visitor: undefined }).toEqual({ ...other, visitor: undefined });
  expect(one).toMatchObject({ visitor: expect.stringMatching(/^[\w-]{11}$/) });
  expect(one).not.toMatchObject({ visitor: Object(other)['visitor'] });
  expect(await rowOf('198.51.100.1')).toEqual(one);
});

test('macros are replaced and encoded, and an empty value becomes an empty string', async () => {
  const now = Date.UTC(2026, 10, 23);
  const { headers } = await visit('macros', '?source=a%26b%3Dc&sub1=%22%0d%0a%3E', { now });
  const id = /c=(\w{32})/.exec(String(headers['location']))?.[1] ?? '';

  expect(headers['location']).toBe(
    `https://shop.example/macros/a?s=a%26b%3Dc&1=%22%0D%0A%3E&10=&x=&c=${id}&t=${now / 1000}&u={unknown}#f`,
  );
});

describe('who looks ahead of a visitor is redirected without an ID, and nothing is recorded', () => {
  test.each([
    ['HEAD', { method: 'HEAD' }],
    ['Purpose: prefetch', { headers: { purpose: 'prefetch' } }],
    ['X-Moz: prefetch', { headers: { 'x-moz': 'prefetch' } }],
    ['X-Purpose: preview, of an app with a browser in it', { headers: { 'x-purpose': 'preview' } }],
  ])('%s', async (_what, fields) => {
    await visit('spring');
    world.storage.proxy.forget();
    lines.clear();

    const { status, clickId } = await visit('spring', '', fields);
    expect([status, clickId]).toEqual([302, '']);
    expect(world.storage.proxy.calls()).toEqual([]);
    expect(lines.counts()).toEqual({});
  });
});

test.each(['prefetch', 'prefetch;prerender', 'prerender'])(
  'a browser that says Sec-Purpose: %s is to ask again when its visitor goes',
  async (purpose) => {
    world.storage.proxy.forget();

    const { status, headers, location } = await visit('spring', '', { headers: { 'sec-purpose': purpose } });
    expect([status, headers['cache-control'], location]).toEqual([503, 'no-store', undefined]);
    expect(headers).not.toHaveProperty('retry-after');
    expect(world.storage.proxy.calls()).toEqual([]);
    expect(lines.counts()).toEqual({ [metric.clickPrefetched]: 1 });
  },
);

describe('a click counts', () => {
  test.each([
    ['by POST, as a beacon is sent', '/c/spring', { method: 'POST', body: 'x=1' }],
    ['with a slash at the end', '/c/spring/', {}],
    ['with a doubled slash', '/c//spring', {}],
    ['in capitals', '/C/spring', {}],
    ['with an "&" in the place of the "?"', '/c/spring&fbclid=1', {}],
    ['with a slash before the query', '/c/spring/?fbclid=1', {}],
  ])('%s', async (_what, target, fields: EventFields) => {
    const { statusCode, headers = {} } = await handle(eventOf(target, fields), {
      getRemainingTimeInMillis: () => 6000,
    });
    const clickId = new URL(String(headers['location'])).searchParams.get('sub') ?? '';

    expect(statusCode).toBe(302);
    expect(await stored(clickId)).toMatchObject({
      campaign: 'spring',
      parameters: target.includes('fbclid') ? { fbclid: '1' } : {},
    });
    expect(lines.counts()).toEqual({ [metric.clickReceived]: 1 });
  });
});

test.each([
  ['OPTIONS', 204],
  ['DELETE', 405],
])('%s of a click is told what a click takes, and records nothing', async (method, expected) => {
  world.storage.proxy.forget();

  const { status, headers } = await visit('spring', '', { method });
  expect([status, headers['allow']]).toEqual([expected, 'GET, HEAD, POST, OPTIONS']);
  expect(world.storage.proxy.calls()).toEqual([]);
});

test('an ad platform’s own click ID is passed on, and its macro that came as it is gets flagged', async () => {
  await putDocument(world.storage, 'campaign', 'ads', {
    ...campaignDocument,
    offers: [{ id: 'a', weight: 1, url: 'https://shop.example/?sub={clickid}&g={param:gclid}&f={param:fbclid}' }],
  });

  const { location, clickId } = await visit('ads', `?gclid=Cj0%26K&utm_campaign=%7B%7Bcampaign.name%7D%7D`);
  expect([location?.searchParams.get('g'), location?.searchParams.get('f')]).toEqual(['Cj0&K', '']);
  expect(await stored(clickId)).toMatchObject({ unreplaced: ['utm_campaign'] });
});

test('a click that holds all that a visitor can send takes a bounded row', async () => {
  const long = 'x'.repeat(600);
  const others = Array.from({ length: 300 }, (_, at) => `p${at}=${long}`).join('&');
  const { clickId } = await visit('spring', `?source=news&${others}`);

  const row = (await world.storage.items('clicks')).find((one) => one['clickId']?.S === clickId);
  expect(JSON.stringify(row).length).toBeLessThan(2048);
  expect(await stored(clickId)).toMatchObject({ source: 'news', truncated: true });
});

test('a bot is recorded and flagged, never dropped', async () => {
  const { clickId } = await visit('spring', '', {
    headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
  });

  expect(await stored(clickId)).toMatchObject({ bot: true });
});

test('a test click is marked', async () => {
  expect(await stored((await visit('spring', '?test=1')).clickId)).toMatchObject({ test: true });
  expect(lines.counts()).toEqual({});
});

test.each([
  ['unknown', 'nowhere'],
  ['paused', 'paused'],
  ['of 3,000 letters', 'x'.repeat(3000)],
])('a campaign that is %s is 404, and no failure of ours', async (_what, campaign) => {
  expect(await visit(campaign)).toMatchObject({ status: 404, location: undefined });
  expect(await world.storage.items('clicks')).not.toContainEqual(
    expect.objectContaining({ campaign: { S: campaign } }),
  );
  expect(lines.counts()).toEqual({ [metric.clickUnserved]: 1 });
});

describe('a visitor who gets no offer', () => {
  const stageFallback = 'https://elsewhere.example/?from={campaign}&s={source}&c={clickid}';
  const withStageFallback = (): Handler['handler'] => {
    process.env['FALLBACK_URL'] = stageFallback;
    try {
      return coldHandler();
    } finally {
      delete process.env['FALLBACK_URL'];
    }
  };

  beforeAll(() =>
    putDocument(world.storage, 'campaign', 'closed', {
      ...campaignDocument,
      status: 'paused',
      fallback: 'https://other.example/{sub1}?s={source}&c={clickid}&g={param:gclid}',
    }),
  );

  test('of a paused campaign goes to its fallback URL, with macros replaced and no click recorded', async () => {
    const { status, headers, location } = await visit('closed', '?source=news&sub1=a%2Fb&gclid=G1');

    expect([status, headers['cache-control']]).toEqual([302, 'no-store']);
    expect(location?.href).toBe('https://other.example/a%2Fb?s=news&c=&g=G1');
    expect(lines.counts()).toEqual({ [metric.clickUnserved]: 1 });
    expect(await world.storage.items('clicks')).not.toContainEqual(
      expect.objectContaining({ campaign: { S: 'closed' } }),
    );
  });

  test.each([
    ['unknown', 'nowhere'],
    ['paused, without a fallback URL', 'paused'],
  ])('of a campaign that is %s goes to the fallback URL of the stage', async (_what, campaign) => {
    const { location } = await visit(campaign, '?source=news', {}, withStageFallback());
    expect(location?.href).toBe(`https://elsewhere.example/?from=${campaign}&s=news&c=`);
    expect(lines.counts()).toEqual({ [metric.clickUnserved]: 1 });
  });

  test('of a paused campaign with a fallback URL never goes to the one of the stage', async () => {
    expect((await visit('closed', '', {}, withStageFallback())).location?.host).toBe('other.example');
  });

  test('goes to the fallback URL of the stage where the campaign cannot be read, and the click counts as lost', async () => {
    const cold = withStageFallback();
    world.storage.proxy.break({ fault: 'error', table: 'Config' });

    expect((await visit('spring', '', {}, cold)).location?.host).toBe('elsewhere.example');
    expect(lines.counts()).toEqual({ [metric.clickReceived]: 1, [metric.clickLost]: 1 });
  });

  test.each(['HEAD', 'GET'])('is not counted where %s only looks at the link', async (method) => {
    const { location } = await visit('closed', '', { method, headers: { 'x-purpose': 'preview' } });
    expect(location?.host).toBe('other.example');
    expect(lines.counts()).toEqual({});
  });

  test('cannot choose where to go: a path of any name stays a value', async () => {
    const { location } = await visit('evil.example%2F..', '', {}, withStageFallback());
    expect(location?.host).toBe('elsewhere.example');
  });
});

test('no parameter sets the destination', async () => {
  for (const name of ['url', 'redirect', 'to', 'r', 'offer', 'destination', 'clickid']) {
    const { location } = await visit('spring', `?${name}=https%3A%2F%2Fevil.example%2F`);
    expect(location?.host).toBe('shop.example');
  }
});

test.each([
  ['a parameter of 100,000 letters', `?sub1=${'x'.repeat(100_000)}`],
  ['600 parameters', `?${Array.from({ length: 600 }, (_, at) => `p${at}=${at}`).join('&')}`],
  ['bytes that are no UTF-8', '?sub1=%ff%fe%zz&a=%ed%a0%80'],
  ['names that are traps', '?__proto__=1&constructor=2&=3&hasOwnProperty=4'],
])('a visitor with %s is redirected and recorded', async (_what, query) => {
  const { status, clickId } = await visit('spring', query);

  expect(status).toBe(302);
  expect(await stored(clickId)).toBeDefined();
});

describe.each(['throttle', 'error', 'hang'] as const)('where the Clicks table answers with %s', (fault) => {
  test('the click is in the queue before the visitor is redirected', async () => {
    await visit('spring');
    lines.clear();
    world.storage.proxy.break({ fault, table: 'Clicks' });

    const { status, clickId } = await visit('spring', '?source=news');

    expect(status).toBe(302);
    const [message] = world.queue.sent.map(({ body }) => readMessage(body, master));
    expect(message).toMatchObject({ ok: true, message: { kind: 'click', fields: { clickId, source: 'news' } } });
    expect(lines.counts()).toEqual({ [metric.clickReceived]: 1, [metric.clickQueued]: 1 });
  });
});

test('where table and queue are both down the visitor is redirected, and the loss is counted', async () => {
  await visit('spring');
  lines.clear();
  world.storage.proxy.break({ fault: 'error', table: 'Clicks' });
  world.queue.rejects = () => true;

  const { status, clickId } = await visit('spring');
  expect([status, clickId?.length]).toEqual([302, 32]);
  expect(lines.counts()).toEqual({ [metric.clickReceived]: 1, [metric.clickLost]: 1 });
});

test('where the secret was never had the visitor is redirected without an ID, and the loss is counted', async () => {
  const cold = coldHandler();
  world.secrets.secret = undefined;

  expect(await visit('spring', '', {}, cold)).toMatchObject({ status: 302, clickId: '' });
  expect(lines.counts()).toEqual({ [metric.clickReceived]: 1, [metric.clickLost]: 1 });
  expect(world.queue.sent).toEqual([]);
});

test('where the campaign was never read and cannot be, the visitor is told to try again', async () => {
  const cold = coldHandler();
  world.storage.proxy.break({ fault: 'error', table: 'Config' });

  const { status, headers } = await visit('spring', '', {}, cold);
  expect([status, headers['cache-control']]).toEqual([503, 'no-store']);
  expect(headers).toHaveProperty('retry-after');
  expect(lines.counts()).toEqual({ [metric.clickFailed]: 1 });
});

describe('a beacon', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };
  const text = { 'content-type': 'text/plain;charset=UTF-8' };
  const multipart = { 'content-type': 'multipart/form-data; boundary=----b' };
  const part = (name: string, value: string): string =>
    `------b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const whole = { source: 'news', subs: { sub1: 'a b' }, externalId: 'g1', parameters: { utm: 'x' }, truncated: false };

  test.each([
    ['a form, as sendBeacon sends URLSearchParams', form, 'source=news&sub1=a+b&external_id=g1&utm=x'],
    ['a text, as it sends a string', text, 'source=news&sub1=a%20b&external_id=g1&utm=x'],
    ['entities between parameters', form, 'source=news&amp;sub1=a+b&#038;external_id=g1&amp;utm=x'],
    ['JSON as a text', text, '{"source":"news","sub1":"a b","external_id":"g1","utm":"x"}'],
    [
      'a form with files, as it sends FormData',
      multipart,
      `${part('source', 'news')}${part('sub1', 'a b')}${part('external_id', 'g1')}${part('utm', 'x')}------b--\r\n`,
    ],
  ])('is read where its parameters come in %s', async (_what, headers, body) => {
    const { status, clickId } = await visit('spring', '', { method: 'POST', headers, body });
    expect(status).toBe(302);
    expect(await stored(clickId)).toMatchObject(whole);
  });

  test('says in its query what counts before its body', async () => {
    const { clickId } = await visit('spring', '?source=a&cost=1', {
      method: 'POST',
      headers: form,
      body: 'source=b&sub1=c',
    });
    expect(await stored(clickId)).toMatchObject({ source: 'a', cost: '1', subs: { sub1: 'c' } });
  });

  test('passes what its body says on to the offer', async () => {
    const { location } = await visit('macros', '', { method: 'POST', headers: form, body: 'source=n&sub1=1' });
    expect(location?.search).toMatch(/^\?s=n&1=1&/);
  });

  test.each([
    ['more parameters than are read', form, Array.from({ length: 501 }, (_, at) => `p${at}=1`).join('&'), true],
    ['a body larger than is read', text, `a=${'x'.repeat(2 ** 21)}`, true],
    ['a body that is nothing we read', { 'content-type': 'application/xml' }, '<a/>', false],
    ['an empty body', form, '', false],
  ])('counts with its query alone where it has %s', async (_what, headers, body, truncated) => {
    const { status, clickId } = await visit('spring', '?source=a', { method: 'POST', headers, body });
    expect(status).toBe(302);
    expect(await stored(clickId)).toMatchObject({ source: 'a', parameters: {}, truncated });
  });

  test('alone has a body: a GET is read by its query', async () => {
    const { clickId } = await visit('spring', '?source=a', { headers: form, body: 'sub1=c' });
    expect(await stored(clickId)).toMatchObject({ source: 'a', subs: {} });
  });
});
