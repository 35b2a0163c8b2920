import type { Page } from 'playwright-core';
import type { PageSuite } from './suite';
import { settled, visit } from './support/open';

/** Addresses with a state that differs from the default. */
const places = [
  'requests?since=15m&result=rejected',
  'requests?since=1h&integration=brightads&tz=UTC',
  'conversions?integration=brightads&since=24h&tests=1',
  'replay?reason=AMOUNT_INVALID&since=7d',
  'integrations/new/keitaro/names?name=Acme+2&id=acme-two&currency=EUR',
  'campaigns?find=autumn',
  'deliveries?source=search-ads&state=failed&since=1h',
  'orders?id=NW-48213&since=24h',
  'explain',
  'integrations',
  'integrations/northwind',
  'integrations/northwind/test?campaign=spring-clearance',
  'integrations/new?find=keit',
  'integrations/new/generic/paste?id=northwind',
  'campaigns/new?name=Spring&integration=brightads&url=https%3A%2F%2Fa.example%2F',
  'campaigns/autumn-sale',
  'sources',
  'sources/search-ads',
  'sources/new?template=own-url&name=Search&url=https%3A%2F%2Fa.example%2F',
  'conversions?by=click&filter=campaign%3Aautumn-sale&since=24h',
  'reports?group=campaign&days=2&timezone=UTC&compare=1&filter=source%3Asearch-ads',
] as const;

/** How long ago something was changes between two looks. */
const steady = (snapshot: string): string =>
  snapshot.replace(/\d+ \w+ ago/g, 'some time ago').replace(/from=20[\w%.-]+/g, 'from=then');

const snapshotOf = async (page: Page): Promise<string> => steady(await page.locator('#main').ariaSnapshot());

export function placeTests({ stack, open }: PageSuite): void {
  test('an address shows the same in a fresh profile', async () => {
    const { page } = await open();
    const here: string[] = [];
    for (const path of places) {
      await visit(page, path);
      here.push(await snapshotOf(page));
    }
    const fresh = await open({ own: true });
    const there: string[] = [];
    for (const path of places) {
      await fresh.page.goto(`${stack().url}/console/${path}`);
      await settled(fresh.page);
      there.push(await snapshotOf(fresh.page));
    }
    expect(there).toEqual(here);
    expect(here[0]).toContain('rejected');
    expect(here[4]).toContain('acme-two');
  });

  test('back and forward undo and redo each choice', async () => {
    const { page } = await open({ path: 'requests?since=24h' });
    const result = page.getByLabel('Result');
    await result.selectOption('rejected');
    await result.selectOption('duplicate');
    expect(page.url()).toContain('result=duplicate');
    await page.goBack();
    await page.waitForURL(/result=rejected/);
    expect(await result.inputValue()).toBe('rejected');
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('result'));
    await page.goForward();
    await page.waitForURL(/result=rejected/);
    expect(await result.inputValue()).toBe('rejected');
  });

  test('typing is one entry of the history, whatever its length', async () => {
    const { page } = await open({ path: 'campaigns' });
    const before = await page.evaluate('history.length');
    await page.getByLabel('Find').pressSequentially('autumn');
    await page.waitForURL(/find=autumn/);
    expect(await page.evaluate('history.length')).toBe(before);
  });

  test('a relative period stays relative until it is frozen', async () => {
    const { page } = await open({ path: 'requests?since=24h' });
    await settled(page);
    expect(page.url()).toContain('since=24h');
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.waitForURL(/since=20\d\d-.*until=20\d\d-/);
  });

  test('a value that an address cannot have is as good as none', async () => {
    const { page } = await open({ path: 'requests?since=yesterday&result=everything' });
    await settled(page);
    expect(await page.getByLabel('Result').inputValue()).toBe('');
    expect(await page.locator('a[data-row]').count()).toBeGreaterThan(3);
  });

  test('an address that no screen has says so, and leads back', async () => {
    const { page } = await open({ path: 'nothing/here' });
    await page.getByRole('heading', { name: 'No such screen' }).waitFor();
    await page.getByRole('link', { name: 'Go to Now' }).click();
    await page.getByRole('heading', { name: 'Now', level: 1 }).waitFor();
  });

  test('keys lead to screens, do nothing in a field, and can be switched off', async () => {
    const { page } = await open();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'Conversions', level: 1 }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('gr?');
    expect(await page.getByRole('textbox', { name: /Jump to/ }).inputValue()).toBe('gr?');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.getByText('Go to Requests').waitFor();
    await dialog.getByLabel('Switch single-key shortcuts off').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    expect(await page.getByRole('heading', { name: 'Conversions', level: 1 }).count()).toBe(1);
  });

  test('a tab without a session says where to get one', async () => {
    const context = await (await open()).page.context().browser()?.newContext();
    const page = await context?.newPage();
    await page?.goto(`${stack().url}/console/requests`);
    await page?.getByText('This tab is signed out').waitFor();
    expect(await page?.locator('#app').innerText()).toContain('npx tracker console');
    await context?.close();
  });

  test('a tab of an earlier session takes the new one from the address that is opened in it', async () => {
    const { page } = await open();
    const secret = await page.evaluate("sessionStorage.getItem('tracker-session')");
    await page.evaluate("sessionStorage.setItem('tracker-session', 'of-before')");
    await page.reload();
    await page.getByText('This page belongs to another session').first().waitFor();
    await page.evaluate(`location.hash = 'session=${String(secret)}'`);
    await page.getByRole('region', { name: 'Newest requests', exact: true }).locator('.row-link').first().waitFor();
    expect(page.url()).toBe(`${stack().url}/console/`);
  });

  test('filters and period are kept under a name for the team, and the view is an address', async () => {
    const { page } = await open({ path: 'requests?since=7d&result=rejected&live=1' });
    await settled(page);
    await page.getByRole('button', { name: 'Views' }).click();
    const dialog = page.getByRole('dialog', { name: 'Saved views' });
    await dialog.getByLabel('Name').fill('Rejected this week');
    await dialog.getByRole('button', { name: 'Save this view' }).click();
    await dialog.getByRole('link', { name: 'Rejected this week' }).waitFor();

    const { page: other } = await open({ path: 'requests?since=15m', own: true });
    await settled(other);
    await other.getByRole('button', { name: 'Views' }).click();
    await other.getByRole('link', { name: 'Rejected this week' }).click();
    await other.waitForURL(/requests\?since=7d&result=rejected$/);
    await other.getByRole('button', { name: 'Views' }).click();
    await other.getByRole('button', { name: 'Delete the view Rejected this week' }).click();
    await other.getByText('None yet.').waitFor();
  });

  test('the first screen takes so few bytes that slow 4G has it in 1.5 seconds', async () => {
    const { page } = await open({ path: 'nothing/here', own: true });
    await settled(page);
    const sizes: Promise<number>[] = [];
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.setCacheDisabled', { cacheDisabled: true });
    page.on('response', (response) => {
      sizes.push(response.headerValue('content-length').then(Number));
    });
    await page.goto(`${stack().url}/console/`);
    await page.getByRole('region', { name: 'Last hour' }).waitFor();
    await settled(page);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(sizes.length).toBeGreaterThan(5);
    // The document, its modules and styles, the screen, its answers: one round trip each, at 150 ms and 1.6 Mbit/s.
    expect(4 * 150 + bytes / 200).toBeLessThanOrEqual(1_500);
  });

  test('a second load takes nothing but the document from the server', async () => {
    const { page } = await open({ path: 'requests?since=1h' });
    await settled(page);
    await page.goto(new URL('/console/requests?since=15m', page.url()).href);
    await settled(page);
    const taken: unknown = await page.evaluate(
      `performance.getEntriesByType('resource').filter(({ name }) => /\\.(js|css)$/.test(name)).map(({ transferSize }) => transferSize)`,
    );
    expect(taken).toEqual(expect.arrayContaining([0]));
    expect(new Set(taken as readonly number[])).toEqual(new Set([0]));
  });
}
