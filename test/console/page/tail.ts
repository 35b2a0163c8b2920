import type { PageSuite } from './suite';
import { answering, settled, type Answering } from './support/open';

interface Row {
  readonly requestId: string;
  readonly receivedAt: string;
}

const rowOf = (number: number, at: number): Row & Record<string, unknown> => ({
  requestId: `req${String(number).padStart(21, '0')}`,
  receivedAt: new Date(at).toISOString(),
  method: 'GET',
  path: '/postback/demo',
  raw: '',
  integration: 'demo',
  result: 'recorded',
  reason: 'OK',
  httpStatus: 200,
  message: `Row ${number}`,
  warnings: [],
  attempts: 1,
});

/** A log that grows: what lies between the two times of a question, newest first, in pages. */
function growingLog() {
  const rows: Row[] = [];
  let add = (): void => undefined;
  const answer: Answering = async (route) => {
    const { searchParams } = new URL(route.request().url());
    const limit = Number(searchParams.get('limit') ?? 50);
    const since = searchParams.get('since') ?? '';
    const until = searchParams.get('until') ?? '9';
    const from = Number(searchParams.get('cursor') ?? 0);
    if (!searchParams.has('until') && !searchParams.has('cursor')) add();
    const found = rows.filter(({ receivedAt }) => receivedAt >= since && receivedAt <= until).reverse();
    const items = found.slice(from, from + limit);
    const more = from + limit < found.length;
    await answering(200, { items, ...(more && { cursor: String(from + limit) }) })(route);
  };
  return { rows, answer, before: (run: () => void) => (add = run) };
}

export function tailTests({ open }: PageSuite): void {
  test('1,000 new rows move nothing under a reader who has scrolled; each is counted, and none comes twice', async () => {
    const log = growingLog();
    const start = Date.now();
    for (let number = 0; number < 100; number++) log.rows.push(rowOf(number, start - 60_000 + number));
    const { page } = await open({
      path: 'requests?since=1h&live=1',
      answers: { '/admin/v1/postbacks?': log.answer },
    });
    await page.locator('a[data-row]').nth(60).waitFor();
    await page.locator('a[data-row]').nth(60).scrollIntoViewIfNeeded();
    const place = await page.evaluate('scrollY');
    expect(place).toBeGreaterThan(100);
    let next = 100;
    log.before(() => {
      for (const end = Math.min(next + 500, 1100); next < end; next++) log.rows.push(rowOf(next, Date.now()));
    });
    await page.getByRole('button', { name: /1000 new/ }).waitFor({ timeout: 60_000 });
    expect(await page.evaluate('scrollY')).toBe(place);
    await page.getByRole('button', { name: /1000 new/ }).click();
    await page.locator(`a[data-row="${rowOf(1099, 0).requestId}"]`).waitFor();
    const shown = await page
      .locator('a[data-row]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('data-row')));
    expect(shown.length).toBe(500);
    expect(new Set(shown).size).toBe(500);
    expect(shown).toEqual(Array.from({ length: 500 }, (_, index) => rowOf(1099 - index, 0).requestId));
  });

  test.each([
    'requests?since=1h&live=1',
    '',
    'integrations/new/generic/test?id=northwind',
    'reports?group=day&timezone=UTC',
    'integrations/northwind',
    'conversions?integration=northwind&since=1h',
    'deliveries?source=search-ads',
    'orders?id=NW-48213&since=1h',
  ])('a hidden tab asks for nothing at "%s"', async (path) => {
    const log = growingLog();
    let asked = 0;
    const { page } = await open({
      path,
      own: true,
      answers: {
        '/console/api/': (route) => {
          asked++;
          return route.request().url().includes('/admin/v1/postbacks?') ? log.answer(route) : route.continue();
        },
      },
    });
    await settled(page);
    // One request of a screen may follow another: the last of them is not one of a hidden tab.
    await page.waitForLoadState('networkidle');
    await page.clock.install();
    await page.evaluate(
      `Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }); document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));`,
    );
    await page.clock.runFor(20_000);
    const before = asked;
    await page.clock.runFor(120_000);
    expect(asked).toBe(before);
  });

  test('an hour of a busy log leaves 500 rows in the document, the newest ones', async () => {
    const log = growingLog();
    let next = 0;
    log.before(() => {
      for (const end = next + 1_200; next < end; next++) log.rows.push(rowOf(next, Date.now()));
    });
    const { page } = await open({ path: 'requests?since=1h&live=1', answers: { '/admin/v1/postbacks?': log.answer } });
    await page.locator('a[data-row]').first().waitFor();
    // As many rows as an hour brings at two in each three seconds.
    await page.locator(`a[data-row="${rowOf(2_399, 0).requestId}"]`).waitFor({ timeout: 90_000 });
    expect(await page.locator('a[data-row]').count()).toBe(500);
  });

  test('a search says how far back it has come, can be stopped, and says "none" only at the end', async () => {
    let release = (): void => undefined;
    let calls = 0;
    const { page } = await open({
      path: 'requests?since=7d&reason=AMOUNT_INVALID',
      answers: {
        '/admin/v1/postbacks?': async (route) => {
          if (++calls === 3) await new Promise<void>((resolve) => (release = resolve));
          await answering(200, { items: [] })(route).catch(() => undefined);
        },
      },
    });
    await page.getByText(/Looking; back to/).waitFor();
    expect(await page.getByText('No request of the period').count()).toBe(0);
    await page.getByRole('button', { name: 'Stop' }).click();
    release();
    await page.getByText(/None found yet, looked back to/).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('No request of the period has these filters.').waitFor();
  });
}
