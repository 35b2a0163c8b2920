import type * as handlerModule from '../../../lambdas/postback/handler';
import { createHmac } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import * as metric from '../../../lambdas/counters';
import { acceptedCredentials, firstKeys } from '../../../lambdas/domain/trust/keys';
import { readMessage } from '../../../lambdas/domain/queue/message';
import { rejectionsPerMinute } from '../../../lambdas/domain/log/flood-limit';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { newClickId, sumOf } from '../adapters/support/claims';
import { integrationDocument, putDocument } from '../adapters/support/documents';
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

test('a postback with several conversions records each, and says how many came and what became of them', async () => {
  const { clickId } = await world.click();
  const list = [
    { clickid: clickId, amount: '1', txid: 'A' },
    { clickid: clickId, amount: 'x', txid: 'B' },
    { clickid: clickId, amount: '3', txid: 'C' },
  ];
  const { body } = await call('/postback', { method: 'POST', body: JSON.stringify({ data: list }) });
  expect(body).toMatchObject({
    reason: 'AMOUNT_INVALID',
    message: expect.stringMatching(/^3 conversions came: 2 recorded, 1 rejected\. Number 2: /),
  });
  const kept = await world.storage.conversionsOf(clickId);
  expect(kept.map(({ transactionId, amount }) => [transactionId, amount]).toSorted()).toEqual([
    ['A', '1'],
    ['C', '3'],
  ]);
});

test('a postback that another name marks as a test is one, with a warning', async () => {
  const { clickId } = await world.click();
  const { body } = await call(`/postback?clickid=${clickId}&amount=1&is_test=1`);
  expect(body).toMatchObject({ reason: 'OK_TEST', warnings: [{ code: 'NAME_GUESSED' }] });
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
  expect(counts).toMatchObject({ [metric.postbackReceived]: 25 });
  // Of two that come at once, the one that counts first may be judged last: it is an update then.
  const { postbackRecorded, postbackDuplicate, postbackRejected } = metric;
  expect(counts[postbackRecorded]).toBeGreaterThanOrEqual(10);
  expect(
    [postbackRecorded, postbackDuplicate, postbackRejected].reduce((sum, name) => sum + (counts[name] ?? 0), 0),
  ).toBe(25);
  expect(counts[metric.postbackUnidentified]).toBe(5);
});

test('storage and queue both down: 503, Retry-After, and nothing anywhere', async () => {
  const { clickId } = await world.click();
  world.storage.proxy.break({ fault: 'error' });
  world.queue.rejects = () => true;

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
  world.queue.rejects = () => true;

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
  // A minute may end in between, and the count begins anew: twice the number is enough in any case.
  for (let sent = 0; sent < 2 * rejectionsPerMinute; sent++) if ((await call(forged)).status === 429) break;

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
  const send = (
    body: string,
    { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
  ) =>
    call(`/postbacks/acme${query}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      parameters: { integration: 'acme' },
    });
  /** The rows as they lie in the queue, in the order of the batch. */
  const queuedRows = () =>
    world.queue.sent
      .map(({ body }) => {
        const reading = readMessage(body, master);
        if (!reading.ok || reading.message.kind !== 'postback') throw new Error('no row of a batch');
        return reading.message.postback;
      })
      .toSorted((left, right) => (left.row ?? 0) - (right.row ?? 0));
  const statements = () => queuedRows().map(({ authenticated }) => authenticated?.statement);

  test('is queued row by row before it is acknowledged', async () => {
    const rows = Array.from({ length: 25 }, (_, at) => ({ clickid: newClickId(), amount: '1', txid: `T${at}` }));

    const { status, body } = await send(JSON.stringify([...rows, { amount: '1' }]));

    expect([status, body['reason']]).toEqual([202, 'PENDING_BATCH']);
    expect(body['rows']).toHaveLength(26);
    expect(body['rows']).toContainEqual(expect.objectContaining({ row: 26, reason: 'CLICK_ID_MISSING' }));
    expect(world.queue.sent).toHaveLength(26);
  });

  test('that is compressed is read, and is the same batch however it was compressed', async () => {
    const text = JSON.stringify([{ clickid: newClickId() }, { clickid: newClickId() }]);
    const sent = async (bytes: Buffer, encoding?: string) => {
      world.queue.reset();
      const headers = { 'content-type': 'application/json', ...(encoding && { 'content-encoding': encoding }) };
      const fields = { method: 'POST', body: bytes, headers };
      const { body } = await call('/postbacks/acme', { ...fields, parameters: { integration: 'acme' } });
      expect(body).toMatchObject({ reason: 'PENDING_BATCH', rows: [{ row: 1 }, { row: 2 }] });
      return statements();
    };
    const plain = await sent(Buffer.from(text));
    expect(await sent(gzipSync(text), 'gzip')).toEqual(plain);
    expect(await sent(gzipSync(text, { level: 0 }), 'gzip')).toEqual(plain);
    expect(await sent(brotliCompressSync(text), 'br')).toEqual(plain);
  });

  test('has a row for each conversion of a row, under whatever name they are listed', async () => {
    const clickid = newClickId();
    const list = [
      { clickid, amount: '1', txid: 'A' },
      { clickid, amount: '2', txid: 'B' },
    ];
    const { body } = await send(JSON.stringify([{ data: list }, { clickid, amount: '3', items: [1, 2] }]));
    expect(body['rows']).toHaveLength(3);
    expect(queuedRows().map(({ row, part }) => [row, part])).toEqual([
      [1, undefined],
      [2, 2],
      [3, undefined],
    ]);
  });

  test('of which the queue takes some rows is acknowledged for those, and names the others', async () => {
    const clickid = newClickId();
    world.queue.rejects = ({ body }) => body.includes('transaction-number-3');

    const rows = Array.from({ length: 5 }, (_, at) => ({ clickid, amount: '1', txid: `transaction-number-${at}` }));
    const { status, body } = await send(JSON.stringify(rows));
    expect([status, body['reason']]).toEqual([202, 'PENDING_BATCH']);
    expect(body['rows']).toMatchObject([
      { row: 1, reason: 'PENDING_BATCH' },
      { row: 2, reason: 'PENDING_BATCH' },
      { row: 3, reason: 'PENDING_BATCH' },
      { row: 4, reason: 'SYSTEM_ERROR', message: expect.stringContaining('Send the whole batch again') },
      { row: 5, reason: 'PENDING_BATCH' },
    ]);
    expect(await rowOf(body['batchId'])).toMatchObject({ rows: 5, notTaken: [4] });

    const kept = statements();
    world.queue.reset();
    await send(JSON.stringify(rows));
    expect(statements()).toEqual(expect.arrayContaining(kept));
    expect(statements()).toHaveLength(5);
  });

  test('of which the queue takes no row is not acknowledged', async () => {
    world.queue.rejects = () => true;

    const rows = JSON.stringify([{ clickid: newClickId(), amount: '1' }]);
    expect(await send(rows)).toMatchObject({ status: 503, body: { reason: 'SYSTEM_ERROR' } });
    expect(lines.counts()).toMatchObject({ [metric.postbackFailed]: 1 });
  });

  test('is the same batch when it is sent again, row by row, and another one when its content or its key is', async () => {
    const rows = [
      { clickid: newClickId(), amount: '1' },
      { clickid: newClickId(), amount: '2' },
    ];
    const sent = async (body: unknown, key?: string, query = '') => {
      world.queue.reset();
      const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
      await send(JSON.stringify(body), { query, headers });
      return statements();
    };

    const first = await sent(rows);
    expect(await sent(rows)).toEqual(first);
    expect(await sent(rows, 'day 1')).not.toEqual(first);
    expect(await sent(rows, 'day 1')).toEqual(await sent(rows, 'day 1'));
    expect(await sent(rows, 'day 2')).not.toEqual(await sent(rows, 'day 1'));
    const others = [await sent([...rows].reverse()), await sent(rows, undefined, '?test=1'), await sent(rows, 'day 1')];
    expect(others.flat().filter((statement) => first.includes(statement))).toEqual([]);
    expect(new Set(first).size).toBe(2);
  });

  test('carries with each row its number, and as whom and by which version its sender was authenticated', async () => {
    const { body } = await send(JSON.stringify([{ clickid: newClickId() }, { clickid: newClickId() }]));

    const authenticated = { integration: 'acme', version: 1, trust: 'let-pass' };
    expect(queuedRows()).toMatchObject([
      { row: 1, batchId: body['batchId'], reason: 'PENDING_BATCH', authenticated },
      { row: 2, batchId: body['batchId'], reason: 'PENDING_BATCH', authenticated },
    ]);
  });

  test.each([
    ['?dry_run=1', { dryRun: true }, 'as a dry run, which records nothing'],
    ['?test=1', { test: true }, 'as tests'],
  ])('with %s asks that of every row, and says so', async (query, asked, told) => {
    const { status, body } = await send(JSON.stringify([{ clickid: newClickId() }, { clickid: newClickId() }]), {
      query,
    });

    expect([status, body]).toEqual([
      202,
      expect.objectContaining({ ...asked, message: expect.stringContaining(told) }),
    ]);
    expect(queuedRows().map(({ request }) => request.rawQuery)).toEqual([query.slice(1), query.slice(1)]);
  });

  test('that is signed is one batch whatever stands outside its signature, and takes no flag from there', async () => {
    await putDocument(world.storage, 'integration', 'signed', {
      ...integrationDocument,
      auth: { token: 'off', hmac: 'required', ip: 'off' },
    });
    const [credential] = acceptedCredentials(master, 'signed', firstKeys);
    const body = JSON.stringify([{ clickid: newClickId(), amount: '1' }]);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', credential?.signingKey ?? '')
      .update(`m1.${timestamp}.${body}`)
      .digest('base64');
    const signed = {
      'webhook-id': 'm1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    };
    const sendSigned = (query = '', headers: Record<string, string> = {}) =>
      call(`/postbacks/signed${query}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...signed, ...headers },
        parameters: { integration: 'signed' },
      });

    expect(await sendSigned()).toMatchObject({ status: 202 });
    expect(await sendSigned('', { 'idempotency-key': 'another' })).toMatchObject({ status: 202 });
    expect(new Set(statements()).size).toBe(1);
    expect(queuedRows()[0]?.authenticated?.trust).toBe('proven');
    for (const query of ['?dry_run=1', '?test=1']) {
      world.queue.reset();
      const { status } = await sendSigned(query);
      expect([400, 403]).toContain(status);
      expect(world.queue.sent).toEqual([]);
    }
  });

  test('of many large rows goes to the queue in requests that it takes', async () => {
    const rows = Array.from({ length: 20 }, () => ({ clickid: newClickId(), amount: '1', note: 'x'.repeat(150_000) }));

    expect(await send(JSON.stringify(rows))).toMatchObject({ status: 202 });
    expect(world.queue.sent).toHaveLength(20);
  });

  test('with a row larger than a postback may be is rejected by that row, with nothing kept', async () => {
    const rows = [{ clickid: newClickId() }, { clickid: newClickId(), note: 'x'.repeat(300_000) }];

    const { status, body } = await send(JSON.stringify(rows));
    expect([status, body['reason'], body['message']]).toEqual([413, 'TOO_LARGE', expect.stringContaining('Row 2')]);
    expect(world.queue.sent).toEqual([]);
  });

  test('to an integration that does not exist, or of no known shape, is rejected', async () => {
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
