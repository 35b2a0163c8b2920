import type { PageSuite } from './suite';

/** A visitor whose clicks count: those of a browser without a head look like a bot's. */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

export function newcomerTests({ open }: PageSuite): void {
  test('from no sender to its first sale in the log and in a report, by what the screens offer, in 18 actions', async () => {
    const { page, context } = await open({ userAgent });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    // The first action was to open the address that is printed.
    let actions = 1;
    const click = async (role: 'link' | 'button', name: string | RegExp, on = page): Promise<void> => {
      actions++;
      await on.getByRole(role, { name }).first().click();
    };
    const write = async (name: string | RegExp, text: string): Promise<void> => {
      actions++;
      await page.getByRole('textbox', { name }).fill(text);
    };
    await click('link', 'Integrations');
    await click('link', 'Connect a sender');
    await click('link', /^Another system/);
    await write(/^Name/, 'First sender');
    await write(/^Currency/, 'USD');
    await click('button', 'Create and show the URL');
    await click('link', 'Wait for the first request');
    await click('link', 'Make a campaign');
    await write(/^Name/, 'First campaign');
    await click('button', 'Create and show the click URL');
    await click('button', 'Copy token');
    await page.getByText('Copied').first().waitFor();

    const opened = context.waitForEvent('page');
    await click('link', 'Open it as a visitor');
    const shop = await opened;
    actions++;
    await shop.getByLabel(/^Token/).focus();
    await shop.keyboard.press('ControlOrMeta+V');
    await click('button', 'Buy', shop);
    await shop.getByText('"result":"recorded"').waitFor();

    await page.bringToFront();
    await click('link', 'Watch its postbacks');
    const row = page.getByRole('row').filter({ has: page.locator('a[data-row]') });
    await row.first().waitFor();
    expect(await row.allInnerTexts()).toEqual([expect.stringMatching(/recorded[\s\S]*first-sender[\s\S]*12\.50 USD/)]);
    actions++;
    await page.goBack();
    await click('link', /^Report$/);
    const report = page.getByRole('region', { name: 'Report', exact: true });
    await report.getByText('12.50 USD').first().waitFor({ timeout: 60_000 });
    expect(actions).toBe(18);
  });
}
