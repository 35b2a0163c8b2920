import { example } from '../../../docs/console/example-data';
import type { PageSuite } from './suite';
import { settled } from './support/open';

export interface LoggedRow {
  readonly requestId: string;
  readonly clickId?: string;
  readonly reason: string;
}

export async function rowsOf(url: string, query: string): Promise<readonly LoggedRow[]> {
  const response = await fetch(`${url}/admin/v1/postbacks?${query}`);
  return ((await response.json()) as { items: LoggedRow[] }).items;
}

export function flowTests({ stack, open }: PageSuite): void {
  /** As somebody without a mouse does: "/" leads to the box, and what is pasted there is typed here. */
  const jump = async (text: string) => {
    const { page } = await open();
    await page.keyboard.press('/');
    const box = page.getByRole('textbox', { name: /Jump to/ });
    await box.and(page.locator(':focus')).waitFor();
    await page.keyboard.insertText(text);
    await page.keyboard.press('Enter');
    return page;
  };

  test('an order ID leads to the verdict and its history in two actions', async () => {
    const page = await jump(example.order);
    await page.getByText('now approved, 249 USD').waitFor();
    const history = page.getByRole('region', { name: 'History of the conversion' });
    await history.waitFor();
    expect(await history.getByRole('row').count()).toBeGreaterThan(2);
    expect(await history.innerText()).toContain('+249.00 USD');
  });

  test('an order that was rejected shows why, and who has to do what', async () => {
    const page = await jump(example.rejectedOrder);
    await page.getByText('AMOUNT_INVALID').first().waitFor();
    expect(await page.locator('.advice').first().innerText()).toMatch(
      /^You: Set amountFormat of \w+ as the message says/,
    );
  });

  test('a request ID, a click ID, a batch ID and a whole URL lead to their screens in two actions', async () => {
    const [row] = await rowsOf(stack().url, 'reason=OK_UPDATED');
    const batch = await fetch(`${stack().url}/postbacks/brightads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ subid: row?.clickId, payout: '1', tid: 'B-1', status: 'sale' }]),
    });
    const { batchId } = (await batch.json()) as { batchId: string };
    const request = await jump(row?.requestId ?? '');
    await request.getByText('now approved, 249 USD').first().waitFor();
    const click = await jump((row?.clickId ?? '').toUpperCase());
    await click.getByRole('heading', { name: 'Click', level: 1 }).waitFor();
    await click.getByRole('region', { name: 'History of the conversion' }).waitFor();
    const rows = await jump(batchId);
    await rows.getByText(/of 1 rows? judged/).waitFor();
    const url = await jump(`${stack().url}/postback/brightads?subid=${row?.clickId ?? ''}&payout=abc`);
    await url.getByText('AMOUNT_INVALID').first().waitFor();
    expect(url.url()).not.toContain('payout');
  });

  test('a rejected row opens beside the log: what was sent, what it was read as, and what is wrong', async () => {
    const [row] = await rowsOf(stack().url, 'reason=AMOUNT_INVALID&result=rejected');
    const { page } = await open({ path: 'requests?since=24h' });
    await page.getByRole('link', { name: /AMOUNT_INVALID/ }).waitFor();
    const link = page.locator(`a[data-row="${row?.requestId ?? ''}"]`);
    await link.click();
    const fields = page.getByRole('region', { name: 'Sent and read as' });
    await fields.waitFor();
    expect(await fields.innerText()).toMatch(/Amount[\s\S]*wrong[\s\S]*12,50 EUR/);
    expect(await page.getByRole('region', { name: 'Requests, newest first' }).isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Judge today' }).click();
    await page.getByText('Today:').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('aside').waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/console/requests');
    expect(await link.count()).toBe(1);
  });

  test('a row opens in a new tab, which signs in by the tab that it came from', async () => {
    const { page, context } = await open({ path: 'requests' });
    await page.locator('a[data-row]').first().waitFor();
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      page.locator('a[data-row]').first().click({ button: 'middle' }),
    ]);
    await tab.getByRole('complementary', { name: 'Request' }).waitFor();
    await settled(tab);
    expect(await tab.locator('.sentence').first().innerText()).not.toBe('');
  });

  test('a test postback is made, sent and found in the log, and no token is on the screen', async () => {
    const { page } = await open({ path: 'integrations/northwind/test' });
    await page.getByRole('button', { name: 'Make a test click' }).click();
    const field = page.getByLabel('What the sender sends');
    await field.waitFor();
    expect(await field.inputValue()).toMatch(/token=\*\*\*/);
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('OK_TEST').waitFor();
    await page.getByRole('link', { name: 'Open it in the log' }).click();
    await page.getByRole('complementary', { name: 'Request' }).getByText('OK_TEST').waitFor();
  });
}
