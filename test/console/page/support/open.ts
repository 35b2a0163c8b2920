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
  /** Whether the test changes what no page can be cleared of, such as the time or the cache. */
  readonly own?: boolean;
  /** Answers instead of the server, by a part of the address. */
  readonly answers?: Answers;
}

type Answers = Readonly<Record<string, Answering>>;

export type Answering = (route: Route) => Promise<void>;

/** A page in a context of its own: the most costly way, by a second of a processor. */
export async function openConsole(browser: Browser, consoleUrl: string, opening: Opening = {}): Promise<Opened> {
  const { path = '', answers = {}, clock = false, own: _own, ...options } = opening;
  const context = await browser.newContext({ ...usual, ...options });
  context.setDefaultTimeout(30_000);
  const found: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) found.push(message.text());
  });
  context.on('weberror', (error) => found.push(String(error.error())));
  if (clock) await context.clock.install();
  const page = await context.newPage();
  await enter(page, consoleUrl, path, answers);
  return { page, context, complaints: () => found.splice(0) };
}

const usual = { locale: 'en-GB', timezoneId: 'Europe/Berlin', viewport: { width: 1280, height: 900 } } as const;

/** Whether a page that another test has left will do. */
export function isUsual({ path: _path, answers: _answers, viewport: _viewport, ...rest }: Opening): boolean {
  return Object.keys(rest).length === 0;
}

/** Uses a page again that `clear` has left. */
export async function reopen({ page }: Opened, consoleUrl: string, opening: Opening): Promise<void> {
  await page.emulateMedia({ media: null, colorScheme: 'light', forcedColors: 'none' });
  await page.setViewportSize(opening.viewport ?? usual.viewport);
  await enter(page, consoleUrl, opening.path ?? '', opening.answers ?? {});
}

/** Leaves nothing of a test in its page: no answer, listener, permission, other tab, or what the browser keeps. */
export async function clear({ page, context }: Opened): Promise<void> {
  for (const other of context.pages()) if (other !== page) await other.close();
  page.removeAllListeners();
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.clearPermissions();
  await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await page.goto('about:blank');
}

/** As a person does it: by the printed address, which holds the secret of the session. */
async function enter(page: Page, consoleUrl: string, path: string, answers: Answers): Promise<void> {
  for (const [part, answer] of Object.entries(answers)) {
    await page.context().route((url) => url.href.includes(part), answer);
  }
  const [base = '', secret = ''] = consoleUrl.split('#');
  const [address = '', query] = path.split('?');
  await page.goto(`${base}${address}${query === undefined ? '' : `?${query}`}#${secret}`);
  await page.locator('#main').waitFor();
}

const noScreen = 'No such screen';

/**
 * Goes to another screen as a link does, without a load of the document, and waits until it is there. Between the two is an address that
 * no screen has, so that nothing of the first is left, and the second is known by its heading.
 */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.replaceState(null, '', '/console/no/screen'); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await page.getByRole('heading', { name: noScreen, level: 1 }).waitFor();
  await page.evaluate(
    `history.replaceState(null, '', ${JSON.stringify(`/console/${path}`)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await page.locator('h1').filter({ hasNotText: noScreen }).waitFor();
  await settled(page);
}

/** Waits until no part of the screen is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#main').waitFor();
  await page.locator('[aria-busy="true"], .pending, .bar').first().waitFor({ state: 'hidden' });
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
