import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** What WCAG 2.2 asks for at levels A and AA. */
export const wcag22 = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
} as const;

/** What a look can change of a screen whose roles and names are the same in each. */
export const ofLooks = {
  type: 'rule',
  values: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'],
} as const;

export interface Violation {
  readonly id: string;
  readonly html: string;
}

let source: string | undefined;

/** What axe finds in a page. Its half a megabyte is read once for each document, which takes longer than an analysis. */
export async function violationsIn(page: Page, runOnly: typeof wcag22 | typeof ofLooks): Promise<readonly Violation[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') {
    source ??= readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    await page.evaluate(source);
  }
  const settings = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  return page.evaluate(
    `axe.run(document, ${settings}).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, html: nodes[0].html.slice(0, 160) })))`,
  );
}
