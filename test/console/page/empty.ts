import type { PageSuite } from './suite';
import { visit } from './support/open';

/** Each screen, what it says comes here, and the one next step. */
const screens = [
  ['', 'No postback came in the last 24 hours', 'Connect a sender'],
  ['requests', 'No postback came in this period', 'Connect a sender'],
  ['conversions', 'A conversion appears here once a sender reports it', 'Connect a sender'],
  ['integrations', 'Each system that sends postbacks has an integration here', 'Connect the first sender'],
  ['campaigns', 'A campaign has a click URL', 'Make the first campaign'],
  ['sources', 'A source names who sends visitors', 'Make the first source'],
  ['reports', 'Nothing was counted in this period', 'Copy a campaign’s click URL'],
  ['deliveries', 'The tracker reports conversions to a source', 'Make the first source'],
  ['dead-letters', 'The tracker gave up on nothing', 'See what needs attention'],
] as const;

export function emptyTests({ open }: PageSuite): void {
  test('every screen says what comes there and the next step', async () => {
    const { page } = await open();
    const found: unknown[] = [];
    for (const [path, says, next] of screens) {
      await visit(page, path);
      const empty = page.locator('.empty').filter({ hasText: says });
      await empty.waitFor();
      found.push([path, await empty.getByRole('link', { name: next }).count()]);
    }
    expect(found).toEqual(screens.map(([path]) => [path, 1]));
  });

  test('an order that was never sent is said to be unknown only at the end of the period', async () => {
    const { page } = await open({ path: 'orders?id=NEVER-SENT-1&since=24h' });
    await page.getByText('No request of the period named this order').waitFor();
    expect(await page.getByText('Looking; back to').count()).toBe(0);
  });
}
