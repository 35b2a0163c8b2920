import { rowsOf } from './flows';
import { overflow } from './screens';
import type { PageSuite } from './suite';
import { ofLooks, violationsIn, wcag22 } from './support/axe';
import { visit } from './support/open';

const wide = { width: 1280, height: 900 };

const looks = [
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }, wide],
  ['forced colours', { colorScheme: 'light', forcedColors: 'active' }, wide],
  ['320 px wide', { colorScheme: 'light', forcedColors: 'none' }, { width: 320, height: 720 }],
] as const;

type Look = (typeof looks)[number][0];

/**
 * @param tried the looks, beside light at full width, that each screen is tried in
 * @param share every how many screens one is analysed; the structure of each is compared
 */
export function wcagTests({ stack, open }: PageSuite, tried: readonly Look[], share: number): void {
  const screens = async (): Promise<readonly string[]> => {
    const [row] = await rowsOf(stack().url, 'reason=OK_UPDATED');
    const [rejected] = await rowsOf(stack().url, 'reason=AMOUNT_INVALID&result=rejected');
    return [
      '',
      `requests/${rejected?.requestId ?? ''}?since=24h`,
      `clicks/${row?.clickId ?? ''}`,
      'orders?id=NW-48213&since=24h',
      'explain',
      'conversions?integration=northwind&since=24h',
      'reports?group=day&days=2&timezone=UTC',
      'integrations',
      'integrations/northwind',
      'integrations/new',
      'integrations/new/keitaro/names?name=Acme',
      'integrations/new/generic/paste?id=northwind',
      'integrations/new/generic/test?id=northwind',
      'integrations/northwind/test',
      'integrations/northwind/edit',
      'campaigns',
      'campaigns/new?integration=northwind&name=Spring',
      'campaigns/new?as=json',
      'campaigns/autumn-sale',
      'conversions?by=click&filter=campaign%3Aautumn-sale&since=24h',
      'sources',
      'sources/search-ads',
      'sources/new',
      'sources/new?template=meta&name=Meta',
      'sources/new?as=json',
      'deliveries?source=search-ads',
      'dead-letters',
      'replay',
      'nothing',
    ];
  };

  test('every screen keeps WCAG 2.2 AA in each look, without sideways scroll', async () => {
    const { page } = await open();
    const found: unknown[] = [];
    const structures: string[] = [];
    const note = async (path: string, look: string, rules: typeof wcag22 | typeof ofLooks): Promise<void> => {
      found.push(...(await violationsIn(page, rules)).map(({ id, html }) => [path, look, id, html]));
      if ((await overflow(page)) > 0) found.push([path, look, 'wider than the window', await overflow(page)]);
    };
    for (const [at, path] of (await screens()).entries()) {
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
      await page.setViewportSize(wide);
      if (path === 'nothing') await page.goto(`${stack().url}/console/${path}`);
      else await visit(page, path);
      if (path.startsWith('reports'))
        await page.getByRole('region', { name: 'Report', exact: true }).waitFor({ timeout: 60_000 });
      // The guide comes by another query than the rest of the screen.
      if (path === 'integrations/northwind') await page.getByRole('region', { name: 'Where to paste it' }).waitFor();
      // Whether there are dead letters depends on the tests before.
      if (path !== 'dead-letters') structures.push(structureOf(await page.locator('#main').ariaSnapshot()));
      if (at % share !== 0) continue;
      await note(path, 'light', wcag22);
      for (const [look, media, size] of looks.filter(([name]) => tried.includes(name))) {
        await page.emulateMedia(media);
        await page.setViewportSize(size);
        await note(path, look, ofLooks);
      }
    }
    expect(found).toEqual([]);
    expect(structures).toMatchSnapshot();
  }, 900_000);
}

/** What a screen reader goes by: headings, regions and columns, without what differs from one run to the next. */
function structureOf(snapshot: string): string {
  const parts = /^\s*- (heading|region|columnheader|complementary)\b.*$/gm;
  const lines = [...snapshot.matchAll(parts)].map(([line]) =>
    line
      .replace(/ \[level=\d\]/, '')
      .replace(/\b[0-9a-z]{24,32}\b/g, 'ID')
      .replace(/\d+/g, 'N')
      .replace(/[:\s]+$/, '')
      .trim(),
  );
  return [...new Set(lines)].join('\n');
}
