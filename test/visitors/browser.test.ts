import type { BrowserContext, Page } from 'playwright-core';
import { visitorScript } from '../../lambdas/domain/click/script-text';
import { describeInBrowser } from '../console/support/browser';
import { synthesized } from '../e2e/assembly';
import { clientOf, type Client, type Json } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { startShop, type Shop } from './support/shop';

jest.setTimeout(240_000);

let stack: LocalStack;
let client: Client;
let shop: Shop;
/** The shop is another site than the tracker: `localhost` and `127.0.0.1`. */
let shopUrl: string;
let id: string;
let context: BrowserContext;
let page: Page;
/** What went wrong in the page: errors, and what its policy rejected. */
let trouble: string[];

const visitorAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const nonce = 'n0nce';
const tag = (more = '') =>
  `<script async nonce="${nonce}" src="${stack.url}/s/1/t.js" integrity="${visitorScript.integrity}" crossorigin="anonymous"
    data-campaign="${id}" data-integration="${id}" data-hosts="pay.example *.shop.example" ${more}></script>`;
const stub = `<script nonce="${nonce}">window.pt=window.pt||function(){(pt.q=pt.q||[]).push(arguments)}</script>`;
const links = `
  <a id="marked" data-pt href="/thanks?a=b%20c#end">Buy</a>
  <a id="host" href="https://eu.shop.example/cart?x=1">Cart</a>
  <a id="other" href="https://elsewhere.example/?y=2">Elsewhere</a>
  <form id="form" action="https://pay.example/pay" method="get"><button>Pay</button></form>`;

function strict(html: string): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; connect-src ${stack.url}; form-action *; img-src ${stack.url}`;
  return { body: `<!doctype html><title>Shop</title>${html}`, headers: { 'content-security-policy': policy } };
}

async function startAll(): Promise<void> {
  stack = await startLocalStack({ assembly: await synthesized('dev') });
  client = clientOf(stack);
  shop = await startShop();
  shopUrl = `http://localhost:${shop.port}`;
  id = await client.campaign({
    integration: { destinations: { thanks: `${shopUrl}/thanks` } },
    campaign: {
      browser: { cookie: true, origins: [shopUrl] },
      offers: [{ id: 'main', url: `${shopUrl}/landing?sub={clickid}`, weight: 1 }],
      events: { sale: { amount: '5', currency: 'USD' } },
    },
  });
  shop.pages = {
    '/landing': strict(`${stub}${links}${tag()}`),
    '/private': strict(`${stub}${links}${tag('data-consent="denied"')}`),
    '/thanks': strict(`${stub}${tag()}<script nonce="${nonce}">pt('conversion',{event:'sale',txid:'T1'})</script>`),
    '/plain': { body: '<!doctype html><title>Plain</title>' },
  };
}

async function newPage(): Promise<void> {
  page = await context.newPage();
  trouble = [];
  page.on('pageerror', ({ message }) => trouble.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text());
  });
}

/** The ID that the script knows; waited for as long as a click may take. */
async function idInPage(): Promise<string> {
  return page.evaluate<string>(`new Promise((resolve) => pt('ready', (one = '') => resolve(one)))`);
}
const linkOf = (name: string): Promise<string> => page.locator(`#${name}`).getAttribute('href').then(String);
const stored = (): Promise<string> => page.evaluate<string>('JSON.stringify({ ...localStorage })');
const clickOf = async (clickId: string): Promise<Json> => (await client.admin('GET', `/clicks/${clickId}`)).body;
const states = async (clickId: string): Promise<readonly string[]> =>
  (await client.conversions(clickId)).map(({ event, transactionId, status, amount }) =>
    [event, transactionId, status, amount].map(String).join(' '),
  );
const clicks = async (): Promise<number> =>
  (await stack.operations())
    .filter(
      ({ function: by, operation, target }) =>
        by === 'FunctionsClick' && `${operation} ${target}` === 'PutItem TablesClicks',
    )
    .reduce((sum, { count }) => sum + count, 0);
let ad = 0;
const gclid = () => `gclid=ad-${process.pid}-${(ad += 1)}`;

describeInBrowser(
  'a visitor of a shop on another site, whose browser keeps no cookies of third parties',
  ({ browser }) => {
    beforeAll(startAll);
    afterAll(async () => {
      await shop?.stop();
      await stack?.remove();
    });
    beforeEach(async () => {
      // The one of a headless browser is a crawler's, whose click is never the visitor's.
      context = await browser().newContext({ userAgent: visitorAgent });
      await newPage();
    });
    afterEach(() => context.close());

    test('comes from an ad, buys, is pending, and a server’s postback approves the sale once', async () => {
      const query = gclid();
      await page.goto(`${shopUrl}/landing?${query}&utm_source=google`);
      const clickId = await idInPage();
      expect(await clickOf(clickId)).toMatchObject({
        source: 'google',
        offer: 'main',
        parameters: { gclid: query.slice(6) },
      });

      await page.locator('#marked').click();
      await page.waitForURL(/thanks/);
      expect(await idInPage()).toBe(clickId);
      await eventually('the sale is reported', async () => (await states(clickId)).length === 1);
      expect(await states(clickId)).toEqual(['sale T1 pending 5']);

      const sale = { clickid: clickId, event: 'sale', txid: 'T1', amount: '49.90', status: 'approved' };
      const [first, second] = [await client.postback(sale), await client.postback(sale)];
      expect([first.body['result'], second.body['result']]).toEqual(['recorded', 'duplicate']);
      await page.reload();
      expect(await idInPage()).toBe(clickId);
      expect(await states(clickId)).toEqual(['sale T1 approved 49.9']);
      expect(trouble).toEqual([]);
    });

    test('takes the ID along in marked links, in links of the named hosts, and in forms, letter by letter', async () => {
      await page.goto(`${shopUrl}/landing?${gclid()}`);
      const clickId = await idInPage();
      expect(await linkOf('marked')).toBe(`${shopUrl}/thanks?a=b%20c&clickid=${clickId}#end`);
      expect(await linkOf('host')).toBe(`https://eu.shop.example/cart?x=1&clickid=${clickId}`);
      expect(await linkOf('other')).toBe('https://elsewhere.example/?y=2');
      expect(await page.locator('#form input[name=clickid]').inputValue()).toBe(clickId);
      expect(trouble).toEqual([]);
    });

    test('has one click, whether the ad leads by redirect or to the page itself', async () => {
      const query = gclid();
      await page.goto(`${shopUrl}/landing?${query}`);
      const clickId = await idInPage();
      const { headers } = await client.call(`/c/${id}?${query}`, { headers: { 'user-agent': visitorAgent } });
      expect(new URL(headers.get('location') ?? '').searchParams.get('sub')).toBe(clickId);
    });

    test('keeps the ID that a redirect brought, and makes no other click', async () => {
      shop.pages = { ...shop.pages, '/landing': strict(`${stub}${links}${tag('data-parameter="sub"')}`) };
      const before = await clicks();
      await page.goto(`${stack.url}/c/${id}?${gclid()}`);
      const clickId = new URL(page.url()).searchParams.get('sub');
      expect(await idInPage()).toBe(clickId);
      expect(await linkOf('marked')).toContain(`sub=${clickId}`);
      expect(await clicks()).toBe(before + 1);
      shop.pages = { ...shop.pages, '/landing': strict(`${stub}${links}${tag()}`) };
    });

    test('moves through a single-page shop without another click; another ad is one', async () => {
      await page.goto(`${shopUrl}/landing?${gclid()}`);
      const clickId = await idInPage();
      const before = await clicks();
      await page.evaluate(
        `history.pushState({}, '', '/landing/step-2'); history.pushState({}, '', '/landing/step-3?page=2'); history.back()`,
      );
      expect(await idInPage()).toBe(clickId);
      expect(await clicks()).toBe(before);
      await page.evaluate(`history.pushState({}, '', '/landing?${gclid()}')`);
      await eventually('another click', async () => ![clickId, ''].includes(await idInPage()));
      expect(await clicks()).toBe(before + 1);
    });

    test('comes back on another day, and is known by what the page kept', async () => {
      await page.goto(`${shopUrl}/landing?${gclid()}`);
      const clickId = await idInPage();
      await page.goto(`${shopUrl}/landing`);
      expect(await idInPage()).toBe(clickId);
      expect(await linkOf('marked')).toContain(clickId);
    });

    test.each([
      ['Global Privacy Control', '/landing', true],
      ['consent denied', '/private', false],
    ])('leaves nothing in the page’s storage with %s: the ID is in the links alone', async (_, path, isPrivate) => {
      if (isPrivate) {
        await page.addInitScript(`Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })`);
      }
      await page.goto(`${shopUrl}${path}?${gclid()}`);
      const clickId = await idInPage();
      expect(clickId).toMatch(/^[0-9a-z]{32}$/);
      expect(await linkOf('marked')).toContain(clickId);
      expect([await stored(), await context.cookies()]).toEqual(['{}', []]);
      await page.goto(`${shopUrl}${path}`);
      expect(await idInPage()).toBe('');
    });

    test('gives consent later, and withdraws it', async () => {
      await page.goto(`${shopUrl}/private?${gclid()}`);
      const clickId = await idInPage();
      const consent = (storage: boolean) => page.evaluate(`pt('consent', { storage: ${storage} })`);
      await consent(true);
      expect(await stored()).toContain(clickId);
      await consent(false);
      expect(await stored()).toBe('{}');
    });

    test.each([
      ['cannot be reached', 'abort'],
      ['answers an error', 'error'],
      ['answers nonsense', 'nonsense'],
    ])('finds links that work and no error where the tracker %s', async (_, how) => {
      await context.route(/\/t\//, (route) =>
        how === 'abort'
          ? route.abort()
          : route.fulfill({
              status: how === 'error' ? 500 : 200,
              body: how === 'error' ? '' : '<html>',
              headers: { 'access-control-allow-origin': shopUrl },
            }),
      );
      await page.goto(`${shopUrl}/landing?${gclid()}`);
      expect(await idInPage()).toBe('');
      expect(await linkOf('marked')).toBe('/thanks?a=b%20c#end');
      await page.locator('#marked').click();
      await page.waitForURL(/thanks/);
      expect(trouble.filter((text) => !/Failed to load resource/.test(text))).toEqual([]);
    });

    test('finds links that work where the script itself does not come', async () => {
      await context.route(/t\.js/, (route) => route.abort());
      await page.goto(`${shopUrl}/landing?${gclid()}`);
      await page.locator('#marked').click();
      await page.waitForURL(/thanks/);
      expect(trouble.filter((text) => !/Failed to load resource/.test(text))).toEqual([]);
    });

    test('has no click on a page that the campaign does not name', async () => {
      const before = await clicks();
      await page.goto(`http://127.0.0.1:${shop.port}/landing?${gclid()}`);
      expect(await idInPage()).toBe('');
      expect(await clicks()).toBe(before);
    });

    test('is remembered by the cookie of the click: the redirect postback records, and lands on the named page', async () => {
      await page.goto(`${stack.url}/c/${id}`);
      const clickId = new URL(page.url()).searchParams.get('sub') ?? '';
      const [cookie] = await context.cookies(stack.url);
      expect(cookie).toMatchObject({
        name: `__Host-pt.${id}`,
        value: clickId,
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
      });

      await page.goto(`${shopUrl}/plain`);
      await page.evaluate(`location.assign('${stack.url}/r/${id}?event=sale&txid=R1&to=thanks')`);
      await page.waitForURL(`${shopUrl}/thanks`);
      expect(await states(clickId)).toContain('sale R1 pending 5');
    });

    test('who keeps no cookies lands on the named page as well, and nothing is recorded of him', async () => {
      await page.goto(`${stack.url}/c/${id}`);
      const clickId = new URL(page.url()).searchParams.get('sub') ?? '';
      await context.clearCookies();
      await page.goto(`${stack.url}/r/${id}?event=sale&txid=R2&to=thanks`);
      expect(page.url()).toBe(`${shopUrl}/thanks`);
      expect(await states(clickId)).toEqual([]);
    });

    test('brings no cookie with an image on the shop’s page; an image with the ID reports', async () => {
      await page.goto(`${stack.url}/c/${id}`);
      const clickId = new URL(page.url()).searchParams.get('sub') ?? '';
      const show = (query: string) =>
        page.evaluate<number>(`new Promise((resolve, reject) => {
          const image = new Image();
          image.addEventListener('load', () => resolve(image.width));
          image.addEventListener('error', () => reject(new Error('broken')));
          image.src = '${stack.url}/p/${id}.gif?${query}';
        })`);
      await page.goto(`${shopUrl}/plain`);
      expect(await show('event=sale&txid=P1')).toBe(1);
      expect(await states(clickId)).toEqual([]);
      expect(await show(`clickid=${clickId}&event=sale&txid=P1`)).toBe(1);
      expect(await states(clickId)).toEqual(['sale P1 pending 5']);
    });
  },
  { args: ['--test-third-party-cookie-phaseout'] },
);
