import { trackerIn } from '../../cli/support/run-tracker';
import { readOnlySession } from './guarded';
import type { PageSuite } from './suite';
import { settled } from './support/open';

export function savedTests({ stack, open }: PageSuite): void {
  test('a report that one person saves is there for another one, for the command line, and an address', async () => {
    const { page } = await open({ path: 'reports?group=campaign&days=14&timezone=UTC&filter=source%3Asearch-ads' });
    await page.getByRole('button', { name: 'Views' }).click();
    const dialog = page.getByRole('dialog', { name: 'Saved views' });
    await dialog.getByText('None yet.').waitFor();
    await dialog.getByLabel('Name').fill('Search ads, two weeks');
    await dialog.getByRole('button', { name: 'Save this view' }).click();
    await dialog.getByRole('link', { name: 'Search ads, two weeks' }).waitFor();
    const stored = await fetch(`${stack().url}/admin/v1/saved-reports/search-ads-two-weeks`);
    expect(await stored.json()).toMatchObject({
      name: 'Search ads, two weeks',
      days: '14',
      group: 'campaign',
      timezone: 'UTC',
      filter: 'source:search-ads',
    });
    const tracker = trackerIn({ TRACKER_URL: stack().url });
    expect((await tracker('report', '--saved', 'search-ads-two-weeks')).stdout).toContain('autumn-sale');

    const other = await open({ path: 'reports?group=day&timezone=UTC' });
    await other.page.getByRole('button', { name: 'Views' }).click();
    await other.page.getByRole('link', { name: 'Search ads, two weeks' }).click();
    await other.page.waitForURL(/days=14.*group=campaign&filter=source%3Asearch-ads/);
    await other.page.getByRole('button', { name: 'Remove the filter source is search-ads' }).waitFor();

    await page.getByLabel('Name').fill('Search ads, two weeks');
    await dialog.getByRole('button', { name: 'Save this view' }).click();
    await page.getByRole('button', { name: 'Delete the view Search ads, two weeks' }).click();
    await dialog.getByText('None yet.').waitFor();
  });

  test('on a read-only stage a saved report opens, and is neither saved nor deleted', async () => {
    await fetch(`${stack().url}/admin/v1/saved-reports/weekly`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Weekly', days: '7', group: 'campaign' }),
    });
    const { page } = await open({
      path: 'reports?group=day&timezone=UTC',
      answers: { '/console/api/session': readOnlySession },
    });
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('link', { name: 'Weekly' }).waitFor();
    for (const name of ['Save this view', 'Delete the view Weekly']) {
      const button = page.getByRole('button', { name });
      expect([await button.isDisabled(), await button.getAttribute('title')]).toEqual([
        true,
        expect.stringContaining('--write'),
      ]);
    }
    await page.getByRole('link', { name: 'Weekly' }).click();
    await page.waitForURL(/days=7.*group=campaign/);
    await settled(page);
  });
}
