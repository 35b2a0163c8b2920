import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import type { PageSuite } from './suite';
import { settled, visit, type Answering } from './support/open';

/** The session of a protected stage, whose console was started without `--write`. */
export const readOnlySession: Answering = async (route) => {
  const response = await route.fetch();
  const session = (await response.json()) as object;
  await route.fulfill({ response, json: { ...session, stage: 'prod', protected: true, mayWrite: false } });
};

const screens = [
  'requests?since=24h',
  'conversions?integration=northwind&since=24h',
  'reports?group=campaign&days=2&timezone=UTC',
  'integrations/northwind',
  'integrations/northwind/edit',
  'integrations/northwind/test',
  'integrations/new/generic/names?name=Acme',
  'integrations/new/generic/paste?id=northwind',
  'campaigns/autumn-sale',
  'campaigns/new?name=Spring&integration=northwind',
  'sources/search-ads',
  'sources/new?template=own-url&name=Search',
  'deliveries?source=search-ads',
  'dead-letters',
  'replay?since=24h&reason=AMOUNT_INVALID',
] as const;

/** Whether a call of the page would change something: what only reads or rehearses may be sent. */
function isChange(request: Request): boolean {
  if (request.method() === 'GET' || !request.url().includes('/console/api/')) return false;
  const { dryRun } = (request.postDataJSON() ?? {}) as { readonly dryRun?: boolean };
  const isExplanation = request.url().endsWith('/explanations');
  return !(isExplanation ? dryRun === false : request.url().endsWith('/postbacks/replay') && dryRun === true);
}

const press = async (page: Page, within: string): Promise<void> => {
  await page.evaluate(
    `for (const button of document.querySelectorAll('${within} button:not([aria-label="Close"])'))
      if (!button.disabled && button.textContent !== 'Cancel' && button.form?.checkValidity() !== false) button.click()`,
  );
  await settled(page);
};

export function guardedTests({ stack, open }: PageSuite): void {
  test('on a read-only stage, no button of any screen sends a change, whoever presses all of them', async () => {
    const { page } = await open({ answers: { '/console/api/session': readOnlySession } });
    const sent: string[] = [];
    page.on('request', (request) => {
      if (isChange(request)) sent.push(`${request.method()} ${request.url()}`);
    });
    const why: string[] = [];
    for (const path of screens) {
      await visit(page, path);
      await press(page, '#main');
      await press(page, 'dialog');
      // A button that a read-only stage disables has its reason in its title.
      const disabled = page.locator('button[disabled][title*="--write"]');
      if ((await disabled.count()) > 0) why.push(path);
    }
    expect(sent).toEqual([]);
    expect(why).toEqual(expect.arrayContaining(['integrations/northwind', 'campaigns/autumn-sale', 'dead-letters']));
    expect(why).toEqual(expect.arrayContaining(['reports?group=campaign&days=2&timezone=UTC', 'sources/search-ads']));
  });

  test('the token and the secret of the session are in no address, title, storage, log, referrer or print', async () => {
    const { page, context } = await open({ path: 'integrations/northwind' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const secret = new URL(stack().consoleUrl).hash.replace('#session=', '');
    const response = await fetch(`${stack().url}/admin/v1/integrations/northwind/credentials`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const { token } = (await response.json()) as { readonly token: string };
    const said: string[] = [];
    const requests: Request[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => requests.push(request));
    await settled(page);
    expect(await page.content()).not.toContain(token);
    await page.getByRole('button', { name: 'Copy token' }).click();
    await page.getByText('Copied').first().waitFor();
    expect(await page.content()).not.toContain(token);

    await page.getByRole('button', { name: 'Show the token' }).click();
    const shown = page.getByText(token);
    await shown.waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await shown.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('link', { name: 'Requests' }).first().click();
    await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
    await settled(page);
    expect(await page.content()).not.toContain(token);

    const places = String(await page.evaluate('JSON.stringify([location.href, document.title, { ...localStorage }])'));
    const kept = String(await page.evaluate('JSON.stringify({ ...sessionStorage })'));
    const headers = await Promise.all(
      requests.map(async (request) => {
        const { 'x-tracker-session': _session, ...others } = await request.allHeaders();
        return `${request.url()} ${request.postData() ?? ''} ${JSON.stringify(others)}`;
      }),
    );
    expect(requests.length).toBeGreaterThan(3);
    for (const text of [places, ...said, ...headers]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(secret);
    }
    expect(kept).not.toContain(token);
    expect(stack().output()).not.toContain(token);
    expect(filesWith(token, stack().dataFolder)).toEqual([]);
  });
}

/** Files below a folder that hold a text: data of the tracker and logs of its functions. */
function filesWith(text: string, folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}
