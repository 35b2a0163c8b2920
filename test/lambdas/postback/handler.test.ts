import type * as handlerModule from '../../../lambdas/postback/handler';
import { metric } from '../../../lambdas/contract';
import { refusalsPerMinute } from '../../../lambdas/domain/postback/flood-limit';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { newClickId, sumOf } from '../adapters/support/claims';
import { eventOf, type EventFields } from '../adapters/support/http-events';
import { master } from '../adapters/support/secret-server';
import { startWorld, type World } from '../adapters/support/world';

let world: World;
let lines: CapturedLines;
type Handler = typeof handlerModule;
let handle: Handler['handler'];

beforeAll(async () => {
  world = await startWorld({ configCacheSeconds: 60 });
  // It reads its environment when it is loaded, as in Lambda.
  handle = jest.requireActual<Handler>('../../../lambdas/postback/handler').handler;
});
beforeEach(() => (lines = capturedLines()));
afterEach(() => {
  lines.end();
  world.reset();
});
afterAll(() => world.stop());

async function call(target: string, fields: EventFields = {}, milliseconds = 12_000) {
  const {
    statusCode,
    headers = {},
    body = '',
  } = await handle(eventOf(target, fields), {
    getRemainingTimeInMillis: () => milliseconds,
  });
  const json: Record<string, unknown> = headers['content-type']?.toString().startsWith('application/json')
    ? JSON.parse(body)
    : {};
  return { status: statusCode, headers, body: json };
}
const rowOf = async (requestId: unknown) => (await world.storage.logRows()).find((row) => row.requestId === requestId);

test('a postback is answered with its verdict, logged, and counted once', async () => {
  const { clickId } = await world.click();

  const { status, headers, body } = await call(`/postback?clickid=${clickId}&amount=12.50&status=approved`);

  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': body['requestId'] });
  expect(body).toMatchObject({ result: 'recorded', reason: 'OK', conversion: { amount: '12.5', currency: 'USD' } });
  expect(await rowOf(body['requestId'])).toMatchObject({ result: 'recorded', httpStatus: 200, attempts: 1 });
  expect(lines.counts()).toEqual({ [metric.postbackReceived]: 1, [metric.postbackRecorded]: 1 });
});

test('a duplicate puts its log row right: the row tells what the sender was told', async () => {
  const { clickId } = await world.click();
  const target = `/postback?clickid=${clickId}&amount=1&txid=A`;
  await call(target);

  const { body } = await call(target);
  expect(body).toMatchObject({ reason: 'OK_DUPLICATE' });
  expect(await rowOf(body['requestId'])).toMatchObject({ result: 'duplicate', reason: 'OK_DUPLICATE' });
});

test('what is in storage, log and metrics agrees over a mix of everything', async () => {
  const clicks = await Promise.all(Array.from({ length: 5 }, () => world.click()));
  const targets = clicks.flatMap(({ clickId }) => [
    `/postback?clickid=${clickId}&amount=1&txid=A`,
    `/postback?clickid=${clickId}&amount=1&txid=A`,
    `/postback?clickid=${clickId}&amount=2&txid=A`,
    `/postback?clickid=${clickId}&amount=3&txid=B`,
    `/postback?clickid=${clickId}&amount=x`,
    `/postback?clickid=${clickId}0`,
  ]);
  const answers = await Promise.all(targets.map((target) => call(target)));

  const kept = await Promise.all(clicks.map(({ clickId }) => world.storage.conversionsOf(clickId)));
  const recorded = answers.filter(({ body }) => body['result'] === 'recorded').length;
  expect([recorded, kept.flat().length]).toEqual([10, 10]);
  const rows = await Promise.all(answers.map(({ body }) => rowOf(body['requestId'])));
  expect(rows.map((row) => [row?.result, row?.reason])).toEqual(
    answers.map(({ body }) => [body['result'], body['reason']]),
  );
  const counts = lines.counts();
  expect(counts).toMatchObject({ [metric.postbackReceived]: 25, [metric.postbackRecorded]: 10 });
  expect((counts[metric.postbackDuplicate] ?? 0) + (counts[metric.postbackRejected] ?? 0)).toBe(15);
  expect(counts[metric.postbackUnidentified]).toBe(5);
});

test('storage and queue both down: 503, Retry-After, and nothing anywhere', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'error' });
  world.queue.refuses = () => true;

  const { status, headers, body } = await call(`/postback?clickid=${clickId}&amount=1`);

  expect([status, body['reason']]).toEqual([503, 'SYSTEM_ERROR']);
  expect(headers).toHaveProperty('retry-after');
  expect(lines.counts()).toEqual({ [metric.postbackReceived]: 1, [metric.postbackFailed]: 1 });
  expect(await world.storage.conversionsOf(clickId)).toEqual([]);
});

test('storage down and the queue up: 202, and the counter that on-call watches', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'throttle' });

  expect(await call(`/postback?clickid=${clickId}&amount=1`)).toMatchObject({
    status: 202,
    body: { result: 'queued' },
  });
  expect(lines.counts()).toEqual({ [metric.postbackReceived]: 1, [metric.postbackQueued]: 1 });
  expect(world.queue.sent).toHaveLength(1);
});

test('a log row that is lost is counted, and the verdict stands', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'error', table: 'PostbackLog' });
  world.queue.refuses = () => true;

  expect(await call(`/postback?clickid=${clickId}&amount=1`)).toMatchObject({
    status: 200,
    body: { result: 'recorded' },
  });
  expect(lines.counts()).toHaveProperty(metric.logRowLost, 1);
});

test('every table hangs: the sender is answered within the function’s time', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'hang' });

  expect(await call(`/postback?clickid=${clickId}&amount=1`, {}, 6000)).toMatchObject({ status: 202 });
}, 12_000);

test('no line of the log tells a secret, a click ID excepted', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'error', table: 'Conversions' });
  await call(`/postback?clickid=${clickId}&amount=1&token=tell-no-one&email=jo@example.com`);

  expect(JSON.stringify(lines.records)).not.toMatch(/tell-no-one|jo@example|203\.0\.113/);
  expect(JSON.stringify(lines.records)).not.toContain(master.current);
});

test('an address that floods with forged IDs is told to slow down, and its genuine postback still counts', async () => {
  const forged = `/postback?clickid=${'0'.repeat(32)}&amount=1`;
  for (let sent = 0; sent < refusalsPerMinute; sent++) await call(forged);

  const { status, headers, body } = await call(forged);
  expect([status, body['result'], body['reason']]).toEqual([429, 'rejected', 'RATE_LIMITED']);
  expect(headers).toMatchObject({ 'retry-after': expect.any(String) });
  const { clickId } = await world.click();
  expect((await call(`/postback?clickid=${clickId}&amount=1`)).body).toMatchObject({ reason: 'OK' });
});

test('a ping is answered without anything', async () => {
  expect(await call('/ping')).toMatchObject({ status: 200, body: { result: 'pong' } });
  expect(world.storage.proxy.calls()).toEqual([]);
});

describe('a postback is recorded', () => {
  test.each([
    ['with a slash too many at the end', '/postback/', ''],
    ['with a slash too many at the start', '//postback', ''],
    ['in capitals', '/Postback/acme', ''],
    ["with Keitaro's key in its path", '/0a52ed5/postback', ''],
    ['as a goal of TUNE', '/aff_goal', 'a=lsr&goal_id=2&'],
    ["by Post Affiliate Pro's tracking script", '/scripts/track.php', ''],
  ])('%s', async (_what, path, query) => {
    const { clickId } = await world.click();

    const { status, body } = await call(`${path}?${query}clickid=${clickId}&amount=5`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ result: 'recorded', conversion: { amount: '5' } });
    expect(await rowOf(body['requestId'])).toMatchObject({ path });
  });

  test('where an "&" stands for the "?", and its token is masked in the log', async () => {
    const { clickId } = await world.click();

    const { body } = await call(`/postback&clickid=${clickId}&amount=5&token=tell-no-one`);

    expect(body).toMatchObject({ result: 'recorded', conversion: { amount: '5' } });
    expect(JSON.stringify(await rowOf(body['requestId']))).not.toContain('tell-no-one');
  });
});

test.each(['HEAD', 'OPTIONS'])('%s of a postback URL is answered, and nothing is recorded', async (method) => {
  const { clickId } = await world.click();
  world.storage.proxy.forget();

  const { status, headers } = await call(`/postback?clickid=${clickId}&amount=1`, { method });

  expect([status, headers['allow']]).toEqual([method === 'HEAD' ? 200 : 204, 'GET, POST, HEAD, OPTIONS']);
  expect(world.storage.proxy.calls()).toEqual([]);
});

test('a method that sends no postback is told which do', async () => {
  expect(await call('/postback', { method: 'PUT' })).toMatchObject({
    status: 405,
    headers: { allow: 'GET, POST, HEAD, OPTIONS' },
    body: { message: expect.stringContaining('GET, POST') },
  });
});

test('a click that was written with two slashes goes on to where clicks are recorded', async () => {
  expect(await call('//c/spring?sub1=a')).toMatchObject({
    status: 307,
    headers: { location: '/c/spring?sub1=a', 'cache-control': 'no-store' },
  });
});

describe('a path that no rule knows', () => {
  test('is 404 and has a log row, and counts as no postback', async () => {
    const { clickId } = await world.click();

    const { status, body } = await call(`/postbak?clickid=${clickId}&amount=1&token=tell-no-one`);

    expect(status).toBe(404);
    expect(body).toMatchObject({ result: 'rejected', message: expect.stringContaining('/postback/{integration}') });
    const row = await rowOf(body['requestId']);
    expect(row).toMatchObject({ path: '/postbak', httpStatus: 404 });
    expect(JSON.stringify(row)).not.toContain('tell-no-one');
    expect(lines.counts()).toEqual({});
  });

  test('has no more log rows in a flood than a sample', async () => {
    for (let sent = 0; sent < 100; sent++) await call(`/scan-${sent}`);

    expect((await world.storage.logRows()).filter(({ path }) => path.startsWith('/scan-')).length).toBeLessThanOrEqual(
      60,
    );
  });
});

describe('a path that nobody configured', () => {
  test('of 3,000 letters is told to be unknown, and is no failure of ours', async () => {
    const integration = 'x'.repeat(3000);
    const { clickId } = await world.click();

    expect(await call(`/postback/${integration}?clickid=${clickId}`, { parameters: { integration } })).toMatchObject({
      status: 404,
      body: { reason: 'INTEGRATION_UNKNOWN' },
    });
    expect(lines.counts()).not.toHaveProperty(metric.postbackFailed);
    expect(world.queue.sent).toEqual([]);
  });
});

describe('a batch', () => {
  const send = (body: string, type = 'application/json') =>
    call('/postbacks/acme', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
      parameters: { integration: 'acme' },
    });

  test('is queued row by row before it is acknowledged', async () => {
    const rows = Array.from({ length: 25 }, (_, at) => ({ clickid: newClickId(), amount: '1', txid: `T${at}` }));

    const { status, body } = await send(JSON.stringify([...rows, { amount: '1' }]));

    expect([status, body['reason']]).toEqual([202, 'PENDING_BATCH']);
    expect(body['rows']).toHaveLength(26);
    expect(body['rows']).toContainEqual(expect.objectContaining({ row: 26, reason: 'CLICK_ID_MISSING' }));
    expect(world.queue.sent).toHaveLength(26);
  });

  test('of which the queue does not take one row is not acknowledged', async () => {
    const clickid = newClickId();
    world.queue.refuses = ({ body }) => body.includes('T3');

    const rows = Array.from({ length: 5 }, (_, at) => ({ clickid, amount: '1', txid: `T${at}` }));
    expect(await send(JSON.stringify(rows))).toMatchObject({ status: 503, body: { reason: 'SYSTEM_ERROR' } });
    expect(lines.counts()).toMatchObject({ [metric.postbackFailed]: 1 });
  });

  test('of many large rows goes to the queue in requests that it takes', async () => {
    const rows = Array.from({ length: 20 }, () => ({ clickid: newClickId(), amount: '1', note: 'x'.repeat(150_000) }));

    expect(await send(JSON.stringify(rows))).toMatchObject({ status: 202 });
    expect(world.queue.sent).toHaveLength(20);
  });

  test('with a row larger than a postback may be is refused by that row, with nothing kept', async () => {
    const rows = [{ clickid: newClickId() }, { clickid: newClickId(), note: 'x'.repeat(300_000) }];

    const { status, body } = await send(JSON.stringify(rows));
    expect([status, body['reason'], body['message']]).toEqual([413, 'TOO_LARGE', expect.stringContaining('Row 2')]);
    expect(world.queue.sent).toEqual([]);
  });

  test('to an integration that does not exist, or of no known shape, is refused', async () => {
    expect(await send('"text"')).toMatchObject({ status: 400, body: { reason: 'BODY_INVALID' } });
    const to = { method: 'POST', body: '[{}]', parameters: { integration: 'nobody' } };
    expect(await call('/postbacks/nobody', to)).toMatchObject({ status: 404, body: { reason: 'INTEGRATION_UNKNOWN' } });
  });
});

test('a repeat after a lost answer counts once in storage and is told as recorded', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'lose-answer', table: 'Conversions', operation: 'PutItem', times: 1 });

  expect(await call(`/postback?clickid=${clickId}&amount=7`)).toMatchObject({ body: { result: 'recorded' } });
  expect(sumOf(await world.storage.conversionsOf(clickId))).toBe('7');
});
