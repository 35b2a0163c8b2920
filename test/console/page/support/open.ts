import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Route } from 'playwright-core';

/** A page of the console in a context of its own, and everything that it complained of. */
export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the browser's console, uncaught ones, and reports of the policy. Answers that failed on purpose are none. */
  complaints(): readonly string[];
}

export interface Opening extends BrowserContextOptions {
  /** Below `/console/`. */
  readonly path?: string;
  /** Whether the test moves the time of the page. */
  readonly clock?: boolean;
  /** Answers instead of the server, by a part of the address. */
  readonly answers?: Readonly<Record<string, Answering>>;
}

export type Answering = (route: Route) => Promise<void>;

/** Opens the console as a person would: by the printed address first, then by the address of a screen. */
export async function openConsole(browser: Browser, consoleUrl: string, opening: Opening = {}): Promise<Opened> {
  const { path = '', answers = {}, clock = false, ...options } = opening;
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const found: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) found.push(message.text());
  });
  context.on('weberror', (error) => found.push(String(error.error())));
  for (const [part, answer] of Object.entries(answers)) await context.route((url) => url.href.includes(part), answer);
  if (clock) await context.clock.install();
  const page = await context.newPage();
  const [base = '', secret = ''] = consoleUrl.split('#');
  const [address = '', query] = path.split('?');
  await page.goto(`${base}${address}${query === undefined ? '' : `?${query}`}#${secret}`);
  await page.locator('#main').waitFor();
  return { page, context, complaints: () => found };
}

/** Waits until no part of the screen is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#main').waitFor();
  await page.locator('[aria-busy="true"], .pending').first().waitFor({ state: 'hidden' });
  await page.waitForFunction(`!document.querySelector('[aria-busy="true"], .pending')`);
}

/** Presses Tab until something has the focus, as a person without a mouse does. */
export async function tabTo(page: Page, target: Locator, most = 80): Promise<void> {
  await target.waitFor();
  for (let count = 0; count < most; count++) {
    if (await isFocused(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(target)} is not reached by ${most} presses of Tab`);
}

async function isFocused(target: Locator): Promise<boolean> {
  return (await target.and(target.page().locator(':focus')).count()) > 0;
}

/** An answer of the admin API, or a fault of it. */
export const answering =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answering =>
  (route) =>
    route.fulfill({
      status,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
