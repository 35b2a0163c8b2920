import { trackerIn } from '../../cli/support/run-tracker';
import type { PageSuite } from './suite';
import { rowsOf } from './flows';
import { readOnlySession } from './guarded';
import { settled, tabTo, visit } from './support/open';

interface Document {
  readonly version: number;
  readonly name: string;
  readonly status?: string;
}

export function setupTests({ stack, open, sink }: PageSuite): void {
  const admin = async <Answer>(path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(`${stack().url}/admin/v1/${path}`, {
      ...init,
      headers: { 'content-type': 'application/json' },
    });
    return (await response.json()) as Answer;
  };

  test('by keyboard alone, a sender is connected: its URL is in the clipboard, and its first request turns the page green', async () => {
    const { page, context } = await open({ path: 'integrations' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${JSON.stringify(request.headers())}`));
    await settled(page);
    let actions = 0;
    const press = async (role: 'link' | 'button', name: string | RegExp): Promise<void> => {
      actions++;
      await tabTo(page, page.getByRole(role, { name }).first());
      await page.keyboard.press('Enter');
    };
    await press('link', 'Connect a sender');
    const find = page.getByRole('searchbox', { name: 'Find' });
    await find.fill('keit');
    await page.reload();
    await find.waitFor();
    expect(await find.inputValue()).toBe('keit');
    await press('link', /^Keitaro/);
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.waitFor();
    await tabTo(page, name);
    await page.keyboard.type('Acme Network');
    await page.reload();
    await name.waitFor();
    expect(await name.inputValue()).toBe('Acme Network');
    await tabTo(page, name);
    // To write a name, and to press Enter in it.
    actions += 2;
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Where to paste it/ }).waitFor();
    await page.getByText(/token=\*\*\*$/).waitFor();
    await press('button', 'Copy URL');
    await page.getByText('Copied').first().waitFor();
    expect(actions).toBe(5);
    const { url, token } = await admin<{ url: string; token: string }>('integrations/acme-network/credentials', {
      method: 'POST',
      body: '{}',
    });
    const tracker = trackerIn({ TRACKER_URL: stack().url });
    expect((await tracker('integration', 'url', 'acme-network')).stdout).toContain(url.replace(token, '***'));
    expect(await page.content()).not.toContain(token);
    expect(
      await page.evaluate(
        'JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.title])',
      ),
    ).not.toContain(token);
    // The page may write to the clipboard and not read it: a person pastes.
    const box = page.getByRole('textbox', { name: /Jump to/ });
    await box.focus();
    await page.keyboard.press('ControlOrMeta+V');
    expect(await box.inputValue()).toBe(url);
    await box.fill('');

    await press('button', 'Show the token');
    await page.getByText(token).waitFor();
    await press('button', 'Hide the token');
    await page.getByRole('button', { name: 'Show the token' }).waitFor();
    expect(await page.content()).not.toContain(token);
    expect(sent.filter((one) => one.includes(token))).toEqual([]);

    await press('link', 'Wait for the first request');
    await page.getByText('Nothing came yet').waitFor();
    const unknown = new URLSearchParams({ subid: '0'.repeat(32), payout: '1', token });
    await fetch(`${stack().url}/postback/acme-network?${unknown.toString()}`);
    await page.getByText('CLICK_ID_').first().waitFor();
    expect(await page.locator('.advice').first().innerText()).not.toBe('');
    await admin('campaigns/acme', {
      method: 'PUT',
      body: JSON.stringify({
        name: 'Acme',
        integration: 'acme-network',
        status: 'active',
        offers: [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 100 }],
      }),
    });
    const { postbackUrl } = await admin<{ postbackUrl: string }>('test-clicks', {
      method: 'POST',
      body: JSON.stringify({ campaign: 'acme' }),
    });
    await fetch(postbackUrl);
    await page.getByText('It works').waitFor();
  });

  test.each([
    ['new?find=keit', /^Find/, 'keit'],
    ['new/keitaro/names?name=Acme&id=acme-9&currency=EUR', /^ID/, 'acme-9'],
    ['new/keitaro/names?name=Acme&id=acme-9&currency=EUR', /^Currency/, 'EUR'],
  ])('a reload of the step "%s" keeps what was typed in %s', async (step, label, text) => {
    const { page } = await open({ path: `integrations/${step}` });
    const field = page.getByLabel(label);
    await field.waitFor();
    await page.reload();
    await field.waitFor();
    expect(await field.inputValue()).toBe(text);
  });

  test('keys rotate after a question, and the focus returns to the button', async () => {
    const { page } = await open({ path: 'integrations/brightads' });
    await settled(page);
    const rotate = page.getByRole('button', { name: 'Rotate' });
    await rotate.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Rotate the keys?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await rotate.and(page.locator(':focus')).count()).toBe(1);
    await rotate.click();
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    await page.getByText('before it, still valid').waitFor();
  });

  test('a document is saved only after its differences were shown', async () => {
    const { page } = await open({ path: 'campaigns/spring-clearance' });
    const text = page.getByLabel('As stored, JSON');
    await text.fill((await text.inputValue()).replace('"paused"', '"active"'));
    await page.getByRole('button', { name: 'Review changes' }).click();
    await page.getByRole('region', { name: 'Differences' }).getByText('"paused"').waitFor();
    expect((await admin<Document>('campaigns/spring-clearance')).status).toBe('paused');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved as version 2.').waitFor();
    expect((await admin<Document>('campaigns/spring-clearance')).status).toBe('active');
    await page.getByText('Version 2').first().waitFor();
  });

  test('whoever saves second gets theirs, mine and the base side by side, and nothing is lost', async () => {
    const { page } = await open({ path: 'campaigns/sleep-app' });
    const text = page.getByLabel('As stored, JSON');
    await text.fill((await text.inputValue()).replace('Sleep app, tier 1', 'Mine').replace('"active"', '"paused"'));
    const before = await admin<Document>('campaigns/sleep-app');
    await admin('campaigns/sleep-app', { method: 'PUT', body: JSON.stringify({ ...before, name: 'Theirs' }) });
    await page.getByRole('button', { name: 'Review changes' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    const clashes = page.getByRole('region', { name: 'Fields that both changed' });
    await clashes.waitFor();
    expect(await clashes.innerText()).toMatch(/Sleep app, tier 1[\s\S]*Theirs[\s\S]*Mine/);
    expect(await page.getByRole('button', { name: 'Save both' }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: 'Take mine for name' }).check();
    await page.getByRole('button', { name: 'Save both' }).click();
    await page.getByText(/Saved as version/).waitFor();
    expect(await admin<Document>('campaigns/sleep-app')).toMatchObject({ name: 'Mine', status: 'paused', version: 3 });
  });

  test('a draft outlives a reload, and a wrong document is explained by field', async () => {
    const { page } = await open({ path: 'campaigns/autumn-sale' });
    const text = page.getByLabel('As stored, JSON');
    await text.fill((await text.inputValue()).replace('"weight": 70', '"weight": -1'));
    await page.reload();
    await text.waitFor();
    expect(await text.inputValue()).toContain('"weight": -1');
    await page.getByRole('button', { name: 'Review changes' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('offers.0.weight').last().waitFor();
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    expect(await text.inputValue()).toContain('"weight": 70');
  });

  test('on a read-only stage, every changing button is disabled and says why', async () => {
    const { page } = await open({
      path: 'integrations/northwind',
      answers: {
        '/console/api/session': readOnlySession,
      },
    });
    await settled(page);
    const rotate = page.getByRole('button', { name: 'Rotate' });
    expect(await rotate.isDisabled()).toBe(true);
    expect(await rotate.getAttribute('title')).toContain('--write');
    expect(await page.getByRole('button', { name: 'Show the token' }).count()).toBe(0);
    expect(await page.title()).toMatch(/PROD$/);
    const [rejected] = await rowsOf(stack().url, 'reason=AMOUNT_INVALID&result=rejected');
    const postbacks = [{ id: 'main', when: 'first', url: `${sink().url}/told?cid={external_id}` }];
    await admin('sources/told', { method: 'PUT', body: JSON.stringify({ name: 'Told', postbacks }) });
    for (const [path, name] of [
      ['campaigns/autumn-sale', 'Delete'],
      ['campaigns/new', 'Create and show the click URL'],
      ['integrations/new/generic/names?name=Acme', 'Create and show the URL'],
      ['sources/new?template=own-url', 'Create the source'],
      ['sources/told', 'Send a test conversion'],
      ['dead-letters', 'Redrive all'],
      ['dead-letters', 'Redrive the selection'],
      ['integrations/northwind/test', 'Make a test click'],
      [`requests/${rejected?.requestId ?? ''}?since=24h`, 'Judge today'],
    ] as const) {
      await visit(page, path);
      await page.getByRole('button', { name }).waitFor();
      expect(await page.getByRole('button', { name }).isDisabled()).toBe(true);
      expect(await page.getByRole('button', { name }).getAttribute('title')).toContain('--write');
    }
    await visit(page, 'campaigns/autumn-sale');
    const text = page.getByLabel('As stored, JSON');
    await text.fill((await text.inputValue()).replace('"active"', '"paused"'));
    await page.getByRole('button', { name: 'Review changes' }).click();
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  });
}
