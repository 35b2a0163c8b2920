import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { adminApi } from '../../../../lambdas/admin/admin-api';
import { servicesFromEnvironment } from '../../../../lambdas/admin/http/services';
import { batchRowId } from '../../../../lambdas/domain/values/batch-row-id';
import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import { adminCaller } from '../support/admin-caller';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { amountOf, logRow, newClickId, newRequestId } from '../support/log-rows';

type Fields = Partial<LogRow>;

describe('the results of a batch', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await stack.stop();
  });

  /** A batch as the postback function logs it, with the rows that were judged so far. */
  async function batch(rows: number, judged: Readonly<Record<number, Fields>>, own: Fields = {}) {
    const batchId = newRequestId(Date.now() - 60_000);
    const receivedAt = Date.now() - 60_000;
    const pending = { result: 'queued', reason: 'PENDING_BATCH', httpStatus: 202 } as const;
    await logRow(stack.client, receivedAt, { requestId: batchId, batchId, ...pending, rows, ...own });
    await Promise.all(
      Object.entries(judged).map(([row, fields]) =>
        logRow(stack.client, receivedAt, { requestId: batchRowId(batchId, Number(row)), batchId, ...fields }),
      ),
    );
    return batchId;
  }

  test('tells of each row what became of it, and of the batch what is still to come', async () => {
    const summary = {
      clickId: newClickId(),
      event: 'sale',
      status: 'approved',
      amount: amountOf('1'),
      version: 1,
    } as const;
    const batchId = await batch(4, {
      1: { conversion: summary },
      2: { result: 'rejected', reason: 'AMOUNT_INVALID', message: 'Send a point.' },
      3: { result: 'queued', reason: 'PENDING_UNMATCHED', message: 'Not here yet.' },
    });
    const { status, body, items } = await stack.call('GET', `/batches/${batchId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      batchId,
      integration: 'acme',
      rows: 4,
      judged: 2,
      pending: 2,
      done: false,
      results: { recorded: 1, rejected: 1 },
    });
    expect(body['receivedAt']).toMatch(/^\d{4}-.*Z$/);
    expect(body).not.toHaveProperty('cursor');
    const requestId = (row: number): string => batchRowId(batchId, row);
    expect(items).toStrictEqual([
      { row: 1, requestId: requestId(1), result: 'recorded', reason: 'OK', message: 'Recorded.', conversion: summary },
      { row: 2, requestId: requestId(2), result: 'rejected', reason: 'AMOUNT_INVALID', message: 'Send a point.' },
      { row: 3, requestId: requestId(3), result: 'queued', reason: 'PENDING_UNMATCHED', message: 'Not here yet.' },
      { row: 4, requestId: requestId(4), result: 'queued', reason: 'PENDING_BATCH', message: expect.any(String) },
    ]);
  });

  test('tells of rows that the queue never took, and of those that were put aside: nothing looks pending for ever', async () => {
    const aside = { result: 'error', reason: 'SYSTEM_ERROR', message: 'It was put aside.' } as const;
    const batchId = await batch(3, { 1: {}, 3: aside }, { notTaken: [2] });
    const { body, items } = await stack.call('GET', `/batches/${batchId}`);
    expect(body).toMatchObject({ judged: 3, pending: 0, done: true, results: { recorded: 1, error: 2 } });
    expect(items).toMatchObject([
      { row: 1, result: 'recorded' },
      {
        row: 2,
        result: 'error',
        reason: 'SYSTEM_ERROR',
        message: expect.stringContaining('Send the whole batch again'),
      },
      { row: 3, result: 'error', reason: 'SYSTEM_ERROR', message: 'It was put aside.' },
    ]);
  });

  test('of more than a week ago waits for nothing: what has no row is looked for among the dead letters', async () => {
    const receivedAt = Date.now() - 8 * 24 * 60 * 60 * 1000;
    const batchId = newRequestId(receivedAt);
    const pending = { result: 'queued', reason: 'PENDING_BATCH', httpStatus: 202 } as const;
    await logRow(stack.client, receivedAt, { requestId: batchId, batchId, ...pending, rows: 1 });
    const { body, items } = await stack.call('GET', `/batches/${batchId}`);
    expect(body).toMatchObject({ pending: 0, done: true, results: { error: 1 } });
    expect(items).toMatchObject([{ result: 'error', message: expect.stringContaining('dead letters') }]);
  });

  test('is done when every row is judged, a dry run too; a retyped ID finds it', async () => {
    const batchId = await batch(2, { 1: {}, 2: { result: 'dry_run' } });
    const { body } = await stack.call('GET', `/batches/${batchId.toUpperCase()}`);
    expect(body).toMatchObject({ batchId, judged: 2, pending: 0, done: true, results: { recorded: 1, dry_run: 1 } });
  });

  test('comes in pages that each count the whole, over more rows than one call takes', async () => {
    const rows = Array.from({ length: 230 }, (_, index) => index + 1);
    const batchId = await batch(250, Object.fromEntries(rows.map((row) => [row, {}])));
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await stack.call('GET', `/batches/${batchId}?limit=120${cursor}`);
      expect(page.body).toMatchObject({ rows: 250, judged: 230, pending: 20, results: { recorded: 230 } });
      seen.push(...page.items.map(({ row }) => row));
      cursor = page.cursor === undefined ? '' : `&cursor=${page.cursor}`;
    } while (cursor !== '');
    expect(seen).toStrictEqual(Array.from({ length: 250 }, (_, index) => index + 1));
  });

  test('takes no cursor of another batch, and no parameter it does not know', async () => {
    const first = await batch(2, {});
    const second = await batch(2, {});
    const { cursor } = await stack.call('GET', `/batches/${first}?limit=1`);
    for (const path of [`/batches/${second}?cursor=${cursor}`, `/batches/${first}?page=2`]) {
      const refused = await stack.call('GET', path);
      expect([refused.status, refused.body['error']]).toStrictEqual([400, 'PARAMETER_INVALID']);
    }
  });

  test('what is no batch, or none that is kept, is not found, and it is said why', async () => {
    const single = await logRow(stack.client, Date.now());
    const gone = await batch(1, {}, { expiresAt: Math.floor(Date.now() / 1000) - 1 });
    const rejectedBatch = newRequestId(Date.now());
    const refused = { result: 'rejected', reason: 'AUTH_INVALID', httpStatus: 403 } as const;
    await logRow(stack.client, Date.now(), { requestId: rejectedBatch, batchId: rejectedBatch, ...refused });
    const row = batchRowId(await batch(1, { 1: {} }), 1);
    for (const [id, told] of [
      ['nonsense', 'no batch nonsense'],
      [newRequestId(Date.now()), 'no batch'],
      [gone, 'no batch'],
      [single.requestId, 'one postback and no batch'],
      [row, 'or its batch'],
      [rejectedBatch, 'rejected as a whole (AUTH_INVALID)'],
    ]) {
      const missing = await stack.call('GET', `/batches/${id}`);
      expect([missing.status, missing.body['error']]).toStrictEqual([404, 'NOT_FOUND']);
      expect(missing.body['message']).toContain(told);
    }
  });

  /** A client whose DynamoDB gets to no more than some keys of each call and hands the others back. */
  function hurried(keysPerCall: number): DynamoDBClient {
    const client = new DynamoDBClient();
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (request) => {
          if (commandName !== 'BatchGetItemCommand' || !('RequestItems' in request.input)) return next(request);
          const [[table, wanted] = ['', { Keys: [] }]] = Object.entries(request.input.RequestItems ?? {});
          const keys = wanted.Keys ?? [];
          const unprocessed = { [table]: { Keys: keys.slice(keysPerCall) } };
          if (keysPerCall === 0) return { response: {}, output: { $metadata: {}, UnprocessedKeys: unprocessed } };
          const taken = { [table]: { ...wanted, Keys: keys.slice(0, keysPerCall) } };
          const answer = await next({ ...request, input: { ...request.input, RequestItems: taken } });
          return keys.length <= keysPerCall
            ? answer
            : { ...answer, output: { ...answer.output, UnprocessedKeys: unprocessed } };
        },
      { step: 'initialize' },
    );
    return client;
  }

  test('keys that the table did not get to are asked for again', async () => {
    const batchId = await batch(5, { 1: {}, 2: {}, 3: {}, 4: {}, 5: {} });
    const client = hurried(2);
    const { body } = await adminCaller(adminApi(servicesFromEnvironment(client)))('GET', `/batches/${batchId}`);
    expect(body).toMatchObject({ judged: 5, done: true });
    client.destroy();
  });

  test('a table that gets to none of them is 503, and never a batch that looks pending', async () => {
    const batchId = await batch(2, { 1: {}, 2: {} });
    const client = hurried(0);
    const failed = await adminCaller(adminApi(servicesFromEnvironment(client)))('GET', `/batches/${batchId}`);
    expect([failed.status, failed.body['error']]).toStrictEqual([503, 'STORAGE_UNAVAILABLE']);
    client.destroy();
  });
});
