import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { amountOf, logRow, newClickId, newRequestId } from '../support/log-rows';

// Empty hours are many queries, and a busy machine takes its time for them.
jest.setTimeout(60_000);

const hour = 3_600_000;
const now = Date.now();
/** An hour's middle, so that what is put around it does not slip into another hour by chance. */
const base = Math.floor(now / hour) * hour - 12 * hour;

describe('the postback log', () => {
  let stack: AdminStack;
  const rows: LogRow[] = [];
  const clickId = newClickId();

  beforeAll(async () => {
    stack = await startAdminStack();
    // 60 rows over five hours, and ten of them in one and the same millisecond.
    for (let at = 0; at < 60; at++) {
      const receivedAt = at < 10 ? base : base - Math.floor(at / 12) * hour + at * 1000;
      const rejected = at % 6 === 0;
      rows.push(
        await logRow(stack.client, receivedAt, {
          integration: at % 2 === 0 ? 'acme' : 'other',
          campaign: at % 3 === 0 ? 'spring' : 'autumn',
          ...(at % 20 === 0 && { clickId }),
          ...(at === 7 && { batchId: 'batch-7' }),
          ...(at % 5 === 0 && { keyId: 'k2' }),
          ...(rejected && { result: 'rejected', reason: 'AMOUNT_INVALID', httpStatus: 400 }),
        }),
      );
    }
    await logRow(stack.client, base + 500, { expiresAt: Math.floor(now / 1000) - 10 });
    rows.sort((left, right) => (keyOf(left) < keyOf(right) ? 1 : -1));
  });
  afterAll(() => stack.stop());

  /** The hours that hold rows: an empty one is 16 queries more for each page, and `a long empty stretch` has its own test. */
  const period = `since=${new Date(base - 6 * hour).toISOString()}&until=${new Date(base + hour).toISOString()}`;
  const keyOf = ({ receivedAt, requestId }: LogRow): string => `${receivedAt}#${requestId}`;
  const idsOf = (items: readonly object[]) => items.map((item) => ('requestId' in item ? item.requestId : undefined));

  async function allPages(query: string): Promise<{ ids: readonly unknown[]; sizes: readonly number[] }> {
    const ids: unknown[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await stack.call('GET', `/postbacks?${query}${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      ids.push(...idsOf(page.items));
      sizes.push(page.items.length);
      cursor = page.cursor;
    } while (cursor !== undefined && sizes.length < 200);
    return { ids, sizes };
  }

  test('is the last 24 hours, newest first, without rows whose time is over', async () => {
    const { items, cursor } = await stack.call('GET', '/postbacks?limit=200');
    expect(idsOf(items)).toStrictEqual(idsOf(rows));
    expect(cursor).toBeUndefined();
  });

  test.each([1, 7, 16, 50])('is paged %i rows at a time with no gap and no repeat', async (limit) => {
    const { ids, sizes } = await allPages(`${period}&limit=${limit}`);
    expect(ids).toStrictEqual(idsOf(rows));
    expect(Math.max(...sizes)).toBe(limit);
  });

  test('a new row between two pages moves nothing', async () => {
    const first = await stack.call('GET', '/postbacks?limit=5');
    const late = await logRow(stack.client, now, { integration: 'late', campaign: 'late' });
    const second = await stack.call('GET', `/postbacks?limit=5&cursor=${first.cursor}`);
    expect(idsOf([...first.items, ...second.items])).toStrictEqual(idsOf(rows.slice(0, 10)));
    const newest = await stack.call('GET', '/postbacks?limit=1');
    expect(idsOf(newest.items)).toStrictEqual([late.requestId]);
  });

  test.each<[string, (row: LogRow) => boolean]>([
    ['integration=acme', ({ integration }) => integration === 'acme'],
    ['campaign=spring&result=recorded', ({ campaign, result }) => campaign === 'spring' && result === 'recorded'],
    ['reason=AMOUNT_INVALID', ({ reason }) => reason === 'AMOUNT_INVALID'],
    ['keyId=k2', ({ keyId }) => keyId === 'k2'],
    ['batchId=batch-7', ({ batchId }) => batchId === 'batch-7'],
    ['integration=nobody', () => false],
    ['integration=acme&clickId=', ({ integration }) => integration === 'acme'],
  ])('%s gives those rows and no others', async (query, wanted) => {
    const expected = idsOf(rows.filter(wanted));
    expect((await allPages(`${query}&${period}&limit=200`)).ids).toStrictEqual(expected);
    expect((await allPages(`${query}&${period}&limit=3`)).ids).toStrictEqual(expected);
  });

  test('a click ID is found however it was retyped', async () => {
    const retyped = clickId.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'l');
    const { items } = await stack.call('GET', `/postbacks?clickId=${retyped}`);
    expect(idsOf(items)).toStrictEqual(idsOf(rows.filter((row) => row.clickId === clickId)));
  });

  test('since and until bound the period, both included', async () => {
    const since = rows[40]?.receivedAt ?? '';
    const until = rows[20]?.receivedAt ?? '';
    const { ids } = await allPages(`since=${since}&until=${until}&limit=9`);
    expect(ids).toStrictEqual(idsOf(rows.filter(({ receivedAt }) => receivedAt >= since && receivedAt <= until)));
  });

  test('a long empty stretch is walked through to what lies beyond it', async () => {
    const since = new Date(base - 90 * hour).toISOString();
    const until = new Date(base - 8 * hour).toISOString();
    const old = await logRow(stack.client, base - 89 * hour);
    expect((await allPages(`since=${since}&until=${until}`)).ids).toStrictEqual([old.requestId]);
  });

  test('a time may name an offset, only a day, or no offset', async () => {
    for (const since of ['2026-01-01', '2026-01-01T00:00', '2026-01-01T00:00:00.5', '2026-01-01T02:00%2B02:00']) {
      expect((await stack.call('GET', `/postbacks?since=${since}&until=2026-01-01T03:00`)).status).toBe(200);
    }
  });

  test.each([
    'since=yesterday',
    'since=2026-13-01',
    'since=2026-02-30',
    'since=2026-02-30T00:00:00Z',
    'since=9999-01-01',
    'since=2026-01-02&until=2026-01-01',
    'until=1763900000',
    'limit=0',
    'limit=201',
    'limit=1e2',
    'result=fine',
    'reason=BECAUSE',
    'cursor=%00',
    'cursor=e30',
    'requestId=abc',
    'requestId=abcu',
    'clickId=abc',
    'campain=spring',
    'result=test&result=recorded',
  ])('%s is rejected with its name', async (query) => {
    const refused = await stack.call('GET', `/postbacks?${query}`);
    expect([refused.status, refused.body['error']]).toStrictEqual([400, 'PARAMETER_INVALID']);
    expect(refused.body['problems']).toStrictEqual([{ path: query.split('=')[0], problem: expect.any(String) }]);
  });

  test('a cursor that was changed, or taken to another query, is rejected', async () => {
    const { cursor = '' } = await stack.call('GET', '/postbacks?limit=2&integration=acme');
    const decoded = Buffer.from(cursor, 'base64url').toString();
    const changed = [
      decoded.replace(/:\d\d:/, ':xx:'),
      decoded.replace(/"below":"2/, '"below":"abc'),
      decoded.slice(1),
    ];
    const wrong = [...changed.map((text) => Buffer.from(text).toString('base64url')), cursor.slice(2)];
    for (const text of wrong) {
      const refused = await stack.call('GET', `/postbacks?limit=2&integration=acme&cursor=${text}`);
      expect([refused.status, refused.body['message']]).toStrictEqual([400, expect.stringContaining('cursor')]);
    }
    for (const query of ['integration=other', 'integration=acme&result=test', '']) {
      expect((await stack.call('GET', `/postbacks?${query}&cursor=${cursor}`)).status).toBe(400);
    }
    expect((await stack.call('GET', `/postbacks?limit=3&integration=acme&cursor=${cursor}`)).status).toBe(200);
  });

  test('one row is found by its request ID with all that it holds', async () => {
    const full: Partial<LogRow> = {
      clickId,
      warnings: [{ code: 'TOO_FAST', message: 'Too fast.' }],
      ipPrefix: '203.0.113.0/24',
      userAgent: 'Network/1.0',
      clickToPostbackSeconds: 12,
      keyId: 'k1',
      conversion: { clickId, event: 'sale', status: 'approved', amount: amountOf('12.50'), version: 1 },
    };
    const { expiresAt: _unseen, ...row } = await logRow(stack.client, now - 1000, full);
    const found = await stack.call('GET', `/postbacks/${row.requestId}`);
    expect([found.status, found.body]).toStrictEqual([200, row]);
    expect(found.text).toContain('"amount":"12.5"');
    const upper = await stack.call('GET', `/postbacks/${row.requestId.toUpperCase()}`);
    expect(upper.body['requestId']).toBe(row.requestId);
  });

  test('a row that never was, whose time is over, or whose ID is none is 404 and says why it may be', async () => {
    const over = await logRow(stack.client, now - 2000, { expiresAt: Math.floor(now / 1000) - 1 });
    for (const id of [newRequestId(now), over.requestId, 'nonsense']) {
      const missing = await stack.call('GET', `/postbacks/${id}`);
      expect([missing.status, missing.body['error']]).toStrictEqual([404, 'NOT_FOUND']);
      expect(missing.body['message']).toMatch(/retention.*sample/);
    }
  });
});
