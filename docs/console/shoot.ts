import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import * as v from 'valibot';
import { synthesized } from '../../test/e2e/assembly';
import { startLocalStack } from '../../test/e2e/local-stack';
import { findBrowser } from '../../test/console/support/browser';
import { example, seedExample } from './example-data';
import { smallPng } from './small-png';

// Takes the pictures of docs/console.md: five screens, light and dark, of a local tracker with example data.

const folder = __dirname;

interface Shot {
  readonly name: string;
  readonly path: (ids: { readonly rejected: string }) => string;
  readonly ready: (page: Page) => Promise<void>;
}

const shots: readonly Shot[] = [
  { name: 'now', path: () => '', ready: (page) => page.getByText('Newest requests').waitFor() },
  {
    name: 'request',
    path: ({ rejected }) => `requests/${rejected}?since=1h`,
    ready: (page) => page.getByRole('region', { name: 'Sent and read as' }).waitFor(),
  },
  {
    name: 'order',
    path: () => `orders?id=${example.order}&since=1h`,
    ready: (page) => page.getByRole('region', { name: 'History of the conversion' }).waitFor(),
  },
  {
    name: 'integration',
    path: () => 'integrations/northwind',
    ready: (page) => page.getByText('Where to paste it').first().waitFor(),
  },
  {
    name: 'report',
    path: () => 'reports?group=campaign&days=7&timezone=UTC',
    ready: (page) => page.getByRole('region', { name: 'Report' }).getByText('autumn-sale').waitFor({ timeout: 60_000 }),
  },
];

const rows = v.looseObject({ items: v.array(v.looseObject({ requestId: v.string() })) });

async function first(url: string, query: string): Promise<{ readonly requestId: string }> {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const response = await fetch(`${url}/admin/v1/postbacks?since=${since}&${query}`);
  if (!response.ok) throw new Error(`${query} was answered ${response.status} ${await response.text()}`);
  const { items } = v.parse(rows, await response.json());
  const [row] = items;
  if (row === undefined) throw new Error(`no row of ${query}`);
  return row;
}

async function shoot(): Promise<void> {
  const found = findBrowser();
  if (found === undefined)
    throw new Error('There is no browser here; test/console/support/browser.ts says how to get one.');
  const dataFolder = mkdtempSync(join(tmpdir(), 'tracker-shots-'));
  const stack = await startLocalStack({ assembly: await synthesized('dev'), dataFolder });
  const browser = await chromium.launch(found);
  try {
    await seedExample(stack.url);
    const ids = {
      rejected: (await first(stack.url, 'reason=AMOUNT_INVALID')).requestId,
    };
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width: 1200, height: 720 },
        locale: 'en-GB',
        timezoneId: 'UTC',
      });
      const page = await context.newPage();
      await page.goto(stack.consoleUrl);
      for (const { name, path, ready } of shots) {
        await page.goto(`${stack.url}/console/${path(ids)}`);
        await ready(page);
        await page.locator('[aria-busy="true"], .pending, .bar').first().waitFor({ state: 'hidden' });
        const picture = await page.screenshot({ animations: 'disabled' });
        writeFileSync(join(folder, `${name}-${colorScheme}.png`), smallPng(picture));
      }
      await context.close();
    }
  } finally {
    await browser.close();
    await stack.remove();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

shoot().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
