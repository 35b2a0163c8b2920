import { transactionIndex } from '../../../../lambdas/adapters/transaction-index';
import { transactionChange } from '../../../../lambdas/domain/conversion/transaction-index';
import { tableNames } from '../../../storage/local-dynamodb';
import { noHurry } from '../../adapters/support/storage';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { conversion, logRow, newClickId, newRequestId } from '../support/log-rows';

// Empty hours are many queries, and a busy machine takes its time for them.
jest.setTimeout(60_000);

const now = Date.now();
const minute = 60_000;

describe('conversions', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
  });
  afterAll(() => stack.stop());

  /** A conversion with a row in the log for each of its changes. */
  async function changed(
    campaign: string,
    minutesAgo: readonly number[],
    fields: Parameters<typeof conversion>[2] = {},
  ) {
    const changes = minutesAgo.map((ago) => {
      const receivedAt = now - ago * minute;
      return { receivedAt, requestId: newRequestId(receivedAt) };
    });
    const made = await conversion(stack.client, changes, { campaign, ...fields });
    for (const [at, { receivedAt, requestId }] of changes.entries()) {
      const verdict = at === 0 ? (['recorded', 'OK'] as const) : (['updated', 'OK_UPDATED'] as const);
      const [result, reason] = made.test ? (['test', 'OK_TEST'] as const) : verdict;
      const { clickId, integration } = made;
      const raw = `clickid=${clickId}&txid=${made.transactionId ?? ''}&token=***`;
      await logRow(stack.client, receivedAt, { requestId, campaign, integration, clickId, result, reason, raw });
    }
    return made;
  }

  const clickIdsOf = (items: readonly Readonly<Record<string, unknown>>[]) => items.map(({ clickId }) => clickId);

  test('of a click are all its own, tests included, with their history', async () => {
    const clickId = newClickId();
    const requestId = newRequestId(now);
    const first = await conversion(stack.client, [{ receivedAt: now, requestId }], { clickId, source: 'news' });
    await conversion(stack.client, [{ receivedAt: now, requestId }], {
      clickId,
      conversionKey: 'test:sale#',
      test: true,
    });
    const { status, items } = await stack.call('GET', `/conversions?clickId=${clickId.toUpperCase()}`);
    expect([status, items.length, items[1]?.['test']]).toStrictEqual([200, 2, true]);
    const time = new Date(now).toISOString();
    expect(items[0]).toStrictEqual({
      clickId,
      event: 'sale',
      transactionId: 'T1',
      campaign: 'spring',
      integration: 'acme',
      source: 'news',
      status: 'approved',
      amount: '12.5',
      amountNamed: true,
      test: false,
      repeated: false,
      version: 1,
      recordedAt: time,
      changedAt: time,
      history: [
        { requestId, eventTime: time, receivedAt: time, amount: '12.5', reason: 'OK', deltas: { XXX: '12.5' } },
      ],
    });
    expect(first.conversionKey).toBe('sale#T1');
  });

  test('of a click without any are an empty list', async () => {
    const { status, body } = await stack.call('GET', `/conversions?clickId=${newClickId()}`);
    expect([status, body]).toStrictEqual([200, { items: [] }]);
  });

  test('of a click are paged', async () => {
    const clickId = newClickId();
    for (let at = 0; at < 5; at++) {
      const change = { receivedAt: now, requestId: newRequestId(now) };
      await conversion(stack.client, [change], { clickId, conversionKey: `sale#${at}`, transactionId: `${at}` });
    }
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await stack.call('GET', `/conversions?clickId=${clickId}&limit=2&cursor=${cursor}`);
      seen.push(...page.items.map(({ transactionId }) => transactionId));
      cursor = page.cursor ?? '';
    } while (cursor !== '');
    expect(seen).toStrictEqual(['0', '1', '2', '3', '4']);
  });

  test('of a campaign come by their newest change, each once, however many changes it had', async () => {
    const older = await changed('summer', [50, 40, 5]);
    const newer = await changed('summer', [30, 10]);
    const single = await changed('summer', [20]);
    await changed('winter', [1]);
    const { items, cursor } = await stack.call('GET', '/conversions?campaign=summer');
    expect(clickIdsOf(items)).toStrictEqual([older.clickId, newer.clickId, single.clickId]);
    expect(cursor).toBeUndefined();
  });

  test('of a campaign are paged with no gap and no repeat', async () => {
    const made: string[] = [];
    for (let at = 0; at < 15; at++) made.push((await changed('paged', [300 - at, 150 - at])).clickId);
    for (const limit of [1, 4, 15]) {
      const seen: unknown[] = [];
      let cursor = '';
      do {
        const page = await stack.call('GET', `/conversions?campaign=paged&limit=${limit}&cursor=${cursor}`);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...clickIdsOf(page.items));
        cursor = page.cursor ?? '';
      } while (cursor !== '');
      expect(seen).toStrictEqual([...made].reverse());
    }
  });

  test('of a campaign in a period are those whose newest change up to its end lies in it', async () => {
    const { clickId } = await changed('period', [100, 10]);
    const at = (ago: number) => new Date(now - ago * minute).toISOString();
    const within = async (from: number, to: number) =>
      clickIdsOf((await stack.call('GET', `/conversions?campaign=period&since=${at(from)}&until=${at(to)}`)).items);
    expect(await within(20, 0)).toStrictEqual([clickId]);
    expect(await within(120, 60)).toStrictEqual([clickId]);
    expect(await within(60, 20)).toStrictEqual([]);
  });

  test('of a campaign leave tests out unless they are asked for', async () => {
    const real = await changed('tried', [2]);
    const test = await changed('tried', [1], { test: true, conversionKey: 'test:sale#T1' });
    expect(clickIdsOf((await stack.call('GET', '/conversions?campaign=tried')).items)).toStrictEqual([real.clickId]);
    const all = await stack.call('GET', '/conversions?campaign=tried&includeTests=1');
    expect(clickIdsOf(all.items)).toStrictEqual([test.clickId, real.clickId]);
  });

  test('of an integration are found like those of a campaign, and with both of both', async () => {
    const spring = await changed('of-spring', [30, 3], { integration: 'beta' });
    const autumn = await changed('of-autumn', [2], { integration: 'beta' });
    await changed('of-spring', [1]);
    const found = async (query: string) => clickIdsOf((await stack.call('GET', `/conversions?${query}`)).items);
    expect(await found('integration=beta')).toStrictEqual([autumn.clickId, spring.clickId]);
    expect(await found('integration=beta&campaign=of-spring')).toStrictEqual([spring.clickId]);
  });

  describe('behind a number of a report', () => {
    const details = (clickedAgo: number, more: object = {}) => ({
      clickedAt: now - clickedAgo * minute,
      offer: 'main',
      subs: { sub1: 'a,b' },
      bot: false,
      ...more,
    });
    const at = (ago: number) => new Date(now - ago * minute).toISOString();
    const found = async (query: string) => clickIdsOf((await stack.call('GET', `/conversions?${query}`)).items);

    test('are those whose click lies in the period, however late they changed', async () => {
      const early = await changed('behind', [500, 5], { click: details(600) });
      const late = await changed('behind', [4], { click: details(20) });
      await changed('elsewhere', [3], { click: details(600) });
      const own = 'filter=campaign:behind';
      expect(await found(`${own}&by=click&since=${at(700)}&until=${at(550)}`)).toStrictEqual([early.clickId]);
      expect(await found(`${own}&by=click&since=${at(700)}`)).toStrictEqual([late.clickId, early.clickId]);
      expect(await found(`${own}&by=conversion&since=${at(540)}&until=${at(450)}`)).toStrictEqual([early.clickId]);
      expect(await found(`${own}&by=conversion&since=${at(400)}&until=${at(50)}`)).toStrictEqual([]);
    });

    test('meet the conditions of the report, as counting sees them', async () => {
      const fields = {
        source: 'news',
        click: details(60, { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)' }),
      };
      const one = await changed('conditions', [9], fields);
      const refunded = await changed('conditions', [8], { ...fields, status: 'reversed' });
      const other = await changed('conditions', [7], { click: details(60, { subs: {} }) });
      await changed('conditions', [6], { click: details(60, { bot: true }) });
      await changed('conditions', [5], { ...fields, test: true, conversionKey: 'test:sale#T1' });
      const asked = async (filter: string) =>
        found(`by=click&since=${at(120)}&filter=${encodeURIComponent(`campaign:conditions,${filter}`)}`);
      expect(await asked('status:approved|pending')).toStrictEqual([other.clickId, one.clickId]);
      expect(await asked('source:news')).toStrictEqual([refunded.clickId, one.clickId]);
      expect(await asked('source:,sub1:')).toStrictEqual([other.clickId]);
      expect(await asked('sub1:a%2Cb,status!:reversed')).toStrictEqual([one.clickId]);
      expect(await asked('os:iOS,offer~ai,event:sale')).toStrictEqual([refunded.clickId, one.clickId]);
      expect(await asked('device:desktop')).toStrictEqual([]);
    });

    test('are paged with no gap and no repeat', async () => {
      const made: string[] = [];
      for (let ago = 0; ago < 5; ago++)
        made.push((await changed('behind-pages', [50 - ago], { click: details(90) })).clickId);
      const seen: unknown[] = [];
      let cursor = '';
      do {
        const query = `by=click&since=${at(120)}&filter=campaign:behind-pages&limit=2`;
        const page = await stack.call('GET', `/conversions?${query}${cursor}`);
        seen.push(...clickIdsOf(page.items));
        cursor = page.cursor === undefined ? '' : `&cursor=${page.cursor}`;
      } while (cursor !== '');
      expect(seen).toStrictEqual([...made].reverse());
    });
  });

  test.each([
    ['', 'clickId'],
    [`clickId=${newClickId()}&integration=a`, 'clickId'],
    [`clickId=${newClickId()}&campaign=a`, 'clickId'],
    ['clickId=short', 'clickId'],
    ['campaign=', 'clickId'],
    ['transactionId=&clickId=', 'clickId'],
    ['campaign=a&includeTests=yes', 'includeTests'],
    ['campaign=a&since=x', 'since'],
    ['by=booked', 'by'],
    ['by=click&filter=colour:red', 'filter'],
    ['by=click&filter=country:US', 'filter'],
    [`clickId=${newClickId()}&by=click`, 'clickId'],
    ['campaign=a&limit=-1', 'limit'],
    ['campaign=a&cursor=abc', 'cursor'],
    [`clickId=${newClickId()}&since=2026-01-01`, 'since'],
  ])('asked for by "%s" are rejected, naming %s', async (query, name) => {
    const refused = await stack.call('GET', `/conversions?${query}`);
    expect(refused.status).toBe(400);
    expect(refused.body['problems']).toStrictEqual([{ path: name, problem: expect.any(String) }]);
  });

  describe('of a transaction ID', () => {
    const weeksAgo = now - 30 * 24 * 60 * minute;

    /** A conversion of weeks ago, whose rows the log no longer shows without a period. */
    async function indexed(transactionId: string, fields: Parameters<typeof conversion>[2] = {}) {
      const rows = [{ receivedAt: weeksAgo, requestId: newRequestId(weeksAgo) }];
      const made = await conversion(stack.client, rows, {
        transactionId,
        conversionKey: `sale#${transactionId}`,
        ...fields,
      });
      const change = transactionChange(undefined, made);
      if (change === undefined) throw new Error('it has a transaction ID');
      await transactionIndex(stack.client, tableNames.facts).apply([change], noHurry);
      return made;
    }
    const find = async (query: string) => (await stack.call('GET', `/conversions?${query}`)).items;

    test('are found whenever they were recorded, of every integration, without those of another transaction of the same click', async () => {
      const first = await indexed('O-1');
      const second = await indexed('O-1', { integration: 'other', campaign: 'autumn' });
      await conversion(stack.client, [{ receivedAt: now, requestId: newRequestId(now) }], {
        clickId: first.clickId,
        transactionId: 'O-1b',
        conversionKey: 'sale#O-1b',
      });
      expect(clickIdsOf(await find('transactionId=O-1')).sort()).toStrictEqual([first.clickId, second.clickId].sort());
      expect(clickIdsOf(await find('transactionId=O-1&integration=other'))).toStrictEqual([second.clickId]);
      expect(clickIdsOf(await find('transactionId=O-1&campaign=spring'))).toStrictEqual([first.clickId]);
      expect(await find('transactionId=O-1&campaign=winter')).toStrictEqual([]);
    });

    test('are tests only where these are asked for', async () => {
      const made = await indexed('O-2', { test: true, conversionKey: 'test:sale#O-2' });
      expect(await find('transactionId=O-2')).toStrictEqual([]);
      expect(clickIdsOf(await find('transactionId=O-2&includeTests=1'))).toStrictEqual([made.clickId]);
    });

    test('come page by page, each once', async () => {
      const made = [await indexed('O-3'), await indexed('O-3'), await indexed('O-3')];
      const shown: unknown[] = [];
      let cursor = '';
      do {
        const { items, body } = await stack.call('GET', `/conversions?transactionId=O-3&limit=2${cursor}`);
        shown.push(...clickIdsOf(items));
        cursor = typeof body['cursor'] === 'string' ? `&cursor=${body['cursor']}` : '';
      } while (cursor !== '');
      expect([...shown].sort()).toStrictEqual(made.map(({ clickId }) => clickId).sort());
    });

    test('of a person who was forgotten are not shown', async () => {
      await indexed('O-4', { erased: true });
      expect(await find('transactionId=O-4')).toStrictEqual([]);
    });

    test('are those of a period where one is given, by their newest change', async () => {
      await indexed('O-5');
      const recent = await changed('spring', [5], { transactionId: 'O-5', conversionKey: 'sale#O-5' });
      const since = new Date(now - 60 * minute).toISOString();
      expect(clickIdsOf(await find(`transactionId=O-5&since=${since}`))).toStrictEqual([recent.clickId]);
    });

    test('that counting has not reached yet are found through the log', async () => {
      const recent = await changed('spring', [1], { transactionId: 'O-6', conversionKey: 'sale#O-6' });
      expect(clickIdsOf(await find('transactionId=O-6'))).toStrictEqual([recent.clickId]);
    });

    test('take no cursor of another list', async () => {
      await indexed('O-7');
      await indexed('O-7');
      const { body } = await stack.call('GET', '/conversions?transactionId=O-7&limit=1');
      const other = await stack.call('GET', `/conversions?transactionId=O-8&cursor=${String(body['cursor'])}`);
      expect([other.status, other.body['error']]).toStrictEqual([400, 'PARAMETER_INVALID']);
    });
  });
});
