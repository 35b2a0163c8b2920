import type * as handlerModule from '../../../lambdas/visitor/handler';
import { newClickId } from '../adapters/support/claims';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { campaignDocument, integrationDocument, putDocument } from '../adapters/support/documents';
import { eventOf, type EventFields } from '../adapters/support/http-events';
import { master } from '../adapters/support/secret-server';
import { noHurry } from '../adapters/support/storage';
import { requestOf, startWorld, submissionOf, type World } from '../adapters/support/world';
import { judge } from '../../../lambdas/judgement/judge';
import { reportedConversions } from '../../../lambdas/adapters/reports-table';
import { settle } from '../../../lambdas/retry/settle';
import { openSealedRequest } from '../../../lambdas/domain/log/sealed-request';
import { readMessage } from '../../../lambdas/domain/queue/message';
import { reportsPerMinute } from '../../../lambdas/domain/log/report-limit';

type Handler = typeof handlerModule;
let world: World;
let lines: CapturedLines;
let handle: Handler['handler'];

/** A function anew, with nothing in memory. */
function coldHandler(): Handler['handler'] {
  let loaded: Handler | undefined;
  jest.isolateModules(() => (loaded = jest.requireActual<Handler>('../../../lambdas/visitor/handler')));
  if (loaded === undefined) throw new Error('it was not loaded');
  return loaded.handler;
}

beforeAll(async () => {
  world = await startWorld({ configCacheSeconds: 60 });
  const destinations = { thanks: 'https://shop.example/thank-you?a=1#top', more: 'https://shop.example/more' };
  await putDocument(world.storage, 'integration', 'acme', { ...integrationDocument, destinations });
  await putDocument(world.storage, 'integration', 'one', {
    ...integrationDocument,
    destinations: { only: 'https://one.example/' },
  });
  await putDocument(world.storage, 'campaign', 'spring', {
    ...campaignDocument,
    browser: { cookie: true, origins: ['https://shop.example'], debug: true },
    events: { sale: { amount: '5', currency: 'USD' } },
  });
  await putDocument(world.storage, 'campaign', 'quiet', { ...campaignDocument, browser: {} });
  await putDocument(world.storage, 'integration', 'own-names', {
    ...integrationDocument,
    parameters: { clickId: ['click'], transactionId: ['tid'] },
  });
  await putDocument(world.storage, 'campaign', 'own-names', {
    ...campaignDocument,
    integration: 'own-names',
    browser: { cookie: true },
  });
  handle = coldHandler();
});
beforeEach(() => (lines = capturedLines()));
afterEach(() => {
  jest.restoreAllMocks();
  lines.end();
  world.reset();
});
afterAll(() => world.stop());

async function browse(target: string, { cookies, ...fields }: EventFields & { cookies?: string[] } = {}, by = handle) {
  const event = { ...eventOf(target, fields), ...(cookies !== undefined && { cookies }) };
  const { statusCode, headers = {}, body = '' } = await by(event, { getRemainingTimeInMillis: () => 6000 });
  return { status: statusCode, headers, body };
}

/** What is counted by the minute is counted in one, however long it takes. */
function stopClock(): void {
  const present = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(present);
}

const states = async (clickId: string) =>
  (await world.storage.conversionsOf(clickId)).map(({ event, transactionId, status, amount }) =>
    [event, transactionId, status, amount].join(' '),
  );
const calls = () => world.storage.proxy.calls();
const writes = () => calls().filter((call) => call.startsWith('Put'));
const cookieOf = (campaign: string, clickId: string) => `__Host-pt.${campaign}=${clickId}`;

describe('the pixel', () => {
  test('is a GIF of 43 bytes that no one keeps and any page may show, and reports a pending sale', async () => {
    const { clickId } = await world.click();
    const { status, headers, body } = await browse(`/p/acme.gif?clickid=${clickId}&event=sale&txid=1&amount=999`);
    expect([status, Buffer.from(body, 'base64').length]).toEqual([200, 43]);
    expect(headers).toEqual({
      'cache-control': 'no-store',
      'content-type': 'image/gif',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(await states(clickId)).toEqual(['sale 1 pending 5']);
    expect(lines.counts()).toEqual({ BrowserReported: 1 });
  });

  test('is approved once by the postback of its key from a server', async () => {
    const { clickId } = await world.click();
    await browse(`/p/acme.gif?clickid=${clickId}&event=sale&txid=1`);
    const postback = submissionOf(requestOf({ clickid: clickId, event: 'sale', txid: '1', amount: '50' }));
    const results: string[] = [];
    for (let time = 0; time < 2; time++) {
      results.push((await judge(postback, world.newStores(), noHurry)).verdict.result);
    }
    await browse(`/p/acme.gif?clickid=${clickId}&event=sale&txid=1`);
    expect(await states(clickId)).toEqual(['sale 1 approved 50']);
    expect(results).toEqual(['recorded', 'recorded']);
    const [row] = await world.storage.conversionsOf(clickId);
    expect([row?.version, row?.history.length]).toEqual([2, 1]);
  });

  test.each([
    ['a forged ID', () => '0123456789abcdefghjkmnpqrstvwxyz'],
    ['no ID', () => ''],
    ['a cut ID', () => newClickId(Date.now()).slice(1)],
  ])('with %s is the same image, reads nothing, and writes a row of the log at most', async (_, id) => {
    await browse(`/p/acme.gif?event=sale`);
    world.storage.proxy.forget();
    const { status, headers } = await browse(`/p/acme.gif?clickid=${id()}&event=sale`);
    expect([status, headers['content-type']]).toEqual([200, 'image/gif']);
    expect(calls()).toEqual(['PutItem PostbackLog']);
  });

  test('of a flood with forged IDs writes a sample, and no more', async () => {
    world.storage.proxy.forget();
    stopClock();
    const by = coldHandler();
    for (let request = 0; request < 100; request++) {
      await browse('/p/acme.gif?clickid=0123456789abcdefghjkmnpqrstvwxyz', {}, by);
    }
    expect(new Set(calls())).toEqual(new Set(['PutItem PostbackLog']));
    expect(calls().length).toBe(30);
  });

  test.each([
    ['HEAD', { method: 'HEAD' }],
    ['a prefetch', { headers: { 'sec-purpose': 'prefetch' } }],
    ['a preview', { headers: { 'x-purpose': 'preview' } }],
  ])('asked by %s is answered and records nothing', async (_, fields) => {
    const { clickId } = await world.click();
    world.storage.proxy.forget();
    const { status } = await browse(`/p/acme.gif?clickid=${clickId}&event=sale`, fields);
    expect([status, calls()]).toEqual([200, []]);
  });

  test('shows its verdict for debug=1 where the campaign says so, and the image elsewhere', async () => {
    const { clickId } = await world.click();
    const { status, body } = await browse(`/p/acme.gif?clickid=${clickId}&event=sale&debug=1`);
    expect([status, JSON.parse(body)]).toMatchObject([200, { result: 'recorded', conversion: { status: 'pending' } }]);
    const quiet = await world.click({ campaign: 'quiet' });
    const shown = await browse(`/p/acme.gif?clickid=${quiet.clickId}&event=sale&debug=1`);
    expect(shown.headers['content-type']).toBe('image/gif');
  });

  test('of a page that the campaign does not name records nothing', async () => {
    const { clickId } = await world.click();
    const referer = 'https://evil.example/page?x=1';
    await browse(`/p/acme.gif?clickid=${clickId}&event=sale`, { headers: { referer } });
    expect(await states(clickId)).toEqual([]);
    await browse(`/p/acme.gif?clickid=${clickId}&event=sale`, { headers: { referer: 'https://shop.example/ok' } });
    expect(await states(clickId)).toEqual(['sale  pending 5']);
  });

  test('of one click is limited within a minute, and costs nothing beyond', async () => {
    const { clickId } = await world.click();
    stopClock();
    const by = coldHandler();
    for (let visit = 0; visit <= reportsPerMinute; visit++) {
      await browse(`/p/acme.gif?clickid=${clickId}&event=sale&txid=${visit}`, {}, by);
    }
    expect((await states(clickId)).length).toBe(reportsPerMinute);
    world.storage.proxy.forget();
    for (let visit = 0; visit < 40; visit++) await browse(`/p/acme.gif?clickid=${clickId}&event=more`, {}, by);
    expect(calls().filter((call) => call !== 'PutItem PostbackLog')).toEqual([]);
  });

  test('adds no conversion beyond a hundred to a click, so that a refund can still read them all', async () => {
    const { clickId } = await world.click();
    const reports = async (from: number, to: number) => {
      const by = coldHandler();
      for (let sale = from; sale < to; sale++) await browse(`/p/acme.gif?clickid=${clickId}&txid=${sale}`, {}, by);
    };
    for (const from of [0, 25, 50, 75]) await reports(from, from + 25);
    await reports(100, 105);
    expect((await states(clickId)).length).toBe(reportedConversions);
    const postback = submissionOf(requestOf({ clickid: clickId, txid: '200', amount: '5' }));
    expect((await judge(postback, world.newStores(), noHurry)).verdict.reason).toBe('OK');
  });

  test('is the image while storage is down, and what it reports is judged later', async () => {
    const { clickId } = await world.click();
    world.storage.proxy.break({ fault: 'error' });
    const { status, headers } = await browse(`/p/acme.gif?clickid=${clickId}&event=sale`, {}, coldHandler());
    expect([status, headers['content-type'], world.queue.sent.length]).toEqual([200, 'image/gif', 1]);
  });

  test('that not even its integration could be read for stays a report without its address: in the queue, and sealed in the log', async () => {
    const { clickId } = await world.click();
    world.storage.proxy.break({ fault: 'error', table: 'Config' });
    await browse(`/p/acme.gif?clickid=${clickId}&event=sale&amount=999`, {}, coldHandler());
    world.storage.proxy.heal();
    const body = world.queue.sent[0]?.body ?? '';
    const row = (await world.storage.logRows()).find((one) => one.clickId === clickId);
    const sealed = openSealedRequest(row?.sealed ?? '', row?.requestId ?? '', master);
    const report = { authenticated: { trust: 'browser', integration: 'acme' } };
    expect([row?.reason, row?.browser, sealed]).toMatchObject(['PENDING_RETRY', 'reported', report]);
    const sourceIp = '203.0.113.0';
    expect(readMessage(body, master)).toMatchObject({ message: { postback: { ...report, request: { sourceIp } } } });
    expect(row?.ipPrefix).toBe('203.0.113.0/24');
    await settle({ body, deliveries: 1 }, world.newStores(), async () => 0, noHurry);
    expect(await states(clickId)).toEqual(['sale  pending 5']);
  });
});

describe('the redirect postback', () => {
  test('lands on the page that the integration names, and records what the cookie remembers', async () => {
    const { clickId } = await world.click();
    const cookies = ['a=b', cookieOf('spring', clickId)];
    const { status, headers } = await browse('/r/acme?event=sale&txid=9&to=thanks', { cookies });
    expect([status, headers]).toEqual([
      302,
      { location: 'https://shop.example/thank-you?a=1#top', 'cache-control': 'no-store' },
    ]);
    expect(await states(clickId)).toEqual(['sale 9 pending 5']);
  });

  test('takes the ID of the query before the cookie, and the newest cookie of a campaign of the integration', async () => {
    const [old, fresh, named, other] = [
      await world.click({ clickedAt: Date.now() - 600_000 }),
      await world.click({ clickedAt: Date.now() - 500_000, campaign: 'quiet' }),
      await world.click(),
      await world.click(),
    ];
    const cookies = [
      cookieOf('spring', old.clickId),
      cookieOf('quiet', fresh.clickId),
      cookieOf('unknown', other.clickId),
      cookieOf('spring', 'forged'),
    ];
    await browse(`/r/acme?clickid=${named.clickId}&event=sale&to=more`, { cookies });
    await browse('/r/acme?event=sale&to=more', { cookies });
    expect((await states(named.clickId)).length).toBe(1);
    expect((await states(fresh.clickId)).length).toBe(1);
    expect([await states(old.clickId), await states(other.clickId)]).toEqual([[], []]);
  });

  test('asks for the campaigns of as many cookies as a browser keeps, however many come', async () => {
    const { clickId } = await world.click({ campaign: 'quiet' });
    const cookies = Array.from({ length: 60 }, (_, number) => cookieOf(`none-${number}`, clickId));
    await browse('/r/one?event=warm');
    world.storage.proxy.forget();
    await browse('/r/one?event=sale', { cookies });
    expect(calls().filter((call) => call === 'GetItem Config').length).toBeLessThanOrEqual(6);
  });

  test.each(['clickid={clickid}', 'clickid=%7Bclickid%7D', 'clickid=REPLACE', 'clickid=__CLICKID__', 'cid={{cid}}'])(
    'takes the ID of the cookie where the query holds a macro that nobody replaced: %s',
    async (query) => {
      const { clickId } = await world.click();
      const cookies = [cookieOf('spring', clickId)];
      await browse(`/r/acme?${query}&event=sale&txid=9&to=thanks`, { cookies });
      await browse(`/p/acme.gif?${query}&event=lead`, { cookies });
      expect((await states(clickId)).toSorted()).toEqual(['lead  pending ', 'sale 9 pending 5']);
    },
  );

  test('takes no ID of the cookie where the query holds another one', async () => {
    const { clickId } = await world.click();
    const cookies = [cookieOf('spring', clickId)];
    await browse(`/r/acme?clickid=${'0'.repeat(32)}&event=sale&to=thanks`, { cookies });
    await browse('/r/acme?clickid=abc&event=sale&to=thanks', { cookies });
    expect(await states(clickId)).toEqual([]);
  });

  test('finds the click in the cookie where the integration has another use for a usual name of click IDs', async () => {
    const { clickId } = await world.click({ campaign: 'own-names' });
    const cookies = [cookieOf('own-names', clickId)];
    await browse('/p/own-names.gif?tid=ORDER-1&event=sale', { cookies });
    expect(await states(clickId)).toEqual(['sale ORDER-1 pending ']);
  });

  test.each([
    ['an unknown name', '/r/acme?to=nowhere', 404],
    ['a URL in place of a name', '/r/acme?to=https%3A%2F%2Fevil.example%2F', 404],
    ['a name that every object has', '/r/acme?to=constructor', 404],
    ['no name where there are two', '/r/acme?event=sale', 404],
    ['an unknown integration', '/r/nobody?to=thanks', 404],
    ['other parameters with a URL', '/r/acme?to=thanks&url=https%3A%2F%2Fevil.example&redirect=//evil.example', 302],
    ['no name where there is one', '/r/one', 302],
  ])('with %s leads nowhere else', async (_, target, expected) => {
    const { status, headers } = await browse(target);
    expect([status, JSON.stringify(headers).includes('evil')]).toEqual([expected, false]);
  });

  test.each([
    ['HEAD', { method: 'HEAD' }, 302],
    ['a preview', { headers: { purpose: 'preview' } }, 302],
    ['a prefetch', { headers: { 'sec-purpose': 'prefetch;prerender' } }, 503],
  ])('asked by %s records nothing', async (_, fields, expected) => {
    const { clickId } = await world.click();
    await browse('/r/acme?to=thanks');
    world.storage.proxy.forget();
    const { status } = await browse(`/r/acme?clickid=${clickId}&event=sale&to=thanks`, fields);
    expect([status, calls()]).toEqual([expected, []]);
  });

  test('sends the visitor on while storage is down, and keeps the report in the queue as a report', async () => {
    const { clickId } = await world.click();
    await browse('/r/acme?to=thanks');
    world.storage.proxy.break({ fault: 'error' });
    const cookies = [cookieOf('spring', clickId)];
    const { status, headers } = await browse('/r/acme?event=sale&to=thanks&status=approved', { cookies });
    expect([status, headers['location'], world.queue.sent.length]).toEqual([
      302,
      'https://shop.example/thank-you?a=1#top',
      1,
    ]);
    world.storage.proxy.heal();
    const body = world.queue.sent[0]?.body ?? '';
    expect(body).toContain('"integration":"acme"');
    await settle({ body, deliveries: 1 }, world.newStores(), async () => 0, noHurry);
    expect(await states(clickId)).toEqual(['sale  pending 5']);
  });

  test('sends the visitor on while storage and queue are down', async () => {
    const { clickId } = await world.click();
    world.storage.proxy.break({ fault: 'error' });
    world.queue.rejects = () => true;
    const { status } = await browse(`/r/acme?clickid=${clickId}&event=sale&to=thanks`);
    expect(status).toBe(302);
    expect(lines.counts()['PostbackFailed']).toBe(1);
  });
});

test('any other path is none of ours, and any other method is rejected', async () => {
  expect((await browse('/p')).status).toBe(404);
  expect((await browse('/r/acme', { method: 'DELETE' })).status).toBe(405);
  expect((await browse('/p/acme.gif', { method: 'OPTIONS' })).status).toBe(204);
  expect(writes()).toEqual([]);
});
