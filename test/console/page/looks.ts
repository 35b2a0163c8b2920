import type { PageSuite } from './suite';
import { violationsIn, wcag22 } from './support/axe';
import { settled } from './support/open';

/** Dialogs, by the screen that has them and the button that opens them. */
const dialogs = [
  ['integrations/northwind', 'Rotate'],
  ['campaigns/autumn-sale', 'Delete'],
  ['requests?since=1h', 'Views'],
  ['reports?group=day&timezone=UTC', 'Views'],
  ['', 'Keyboard shortcuts'],
] as const;

export function lookTests({ open }: PageSuite): void {
  test.each(dialogs)(
    'the dialog of "%s" that "%s" opens keeps WCAG 2.2 AA in each look, holds the focus and gives it back',
    async (path, name) => {
      const { page } = await open({ path });
      await settled(page);
      const button = page.getByRole('button', { name, exact: true });
      await button.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await dialog.locator(':focus').count()).toBe(1);
      const found: unknown[] = [];
      for (const [colorScheme, forcedColors, width] of [
        ['light', 'none', 1280],
        ['dark', 'none', 320],
        ['light', 'active', 1280],
      ] as const) {
        await page.emulateMedia({ colorScheme, forcedColors });
        await page.setViewportSize({ width, height: 800 });
        const violations = await violationsIn(page, wcag22);
        found.push(...violations.map(({ id, html }) => [colorScheme, width, id, html]));
      }
      expect(found).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await button.and(page.locator(':focus')).count()).toBe(1);
    },
  );
}
