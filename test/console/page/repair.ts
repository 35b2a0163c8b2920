import { eventually } from '../../e2e/eventually';
import { put } from '../../../docs/console/example-data';
import { trackerIn } from '../../cli/support/run-tracker';
import type { PageSuite } from './suite';
import { settled, tabTo } from './support/open';

export function repairTests({ stack, open }: PageSuite): void {
  test('by keyboard alone, a mapping that was fixed is replayed: dry run, its numbers, then for real', async () => {
    await put(stack().url, 'integrations/northwind', {
      name: 'Northwind Shop',
      preset: 'generic',
      currency: 'USD',
      auth: { token: 'required', hmac: 'off', ip: 'off' },
      statuses: { shipped: 'approved' },
    });
    const filter = ['--reason', 'STATUS_UNKNOWN', '--integration', 'northwind', '--since', '24h'];
    const foreseen = await trackerIn({ TRACKER_URL: stack().url })('replay', ...filter, '--dry-run', '--json');
    const answer = foreseen.json() as {
      examined: number;
      changes: readonly { after: string; postbacks: number }[];
      money: { after: Record<string, string> };
    };
    const accepted = answer.changes.find(({ after }) => after === 'OK')?.postbacks ?? 0;
    const { page } = await open({ path: 'replay' });
    await settled(page);
    let actions = 0;
    const choose = async (label: string, letters: string): Promise<void> => {
      actions++;
      await tabTo(page, page.getByRole('combobox', { name: label }));
      await page.keyboard.type(letters);
    };
    const press = async (name: string): Promise<void> => {
      actions++;
      await tabTo(page, page.getByRole('button', { name }));
      await page.keyboard.press('Enter');
    };
    await choose('Integration', 'north');
    await choose('What', 'STATUS_UNK');
    await page.waitForURL(/integration=northwind.*reason=STATUS_UNKNOWN/);
    await press('Dry run');
    await page.getByText('Dry run: nothing was changed').waitFor();
    expect(await page.getByRole('region', { name: 'Dry run' }).innerText()).toContain(
      `Of ${answer.examined} request, ${accepted} would be accepted`,
    );
    const money = page.getByRole('region', { name: 'Payable by currency' }).locator('[data-amount]');
    expect(await money.evaluateAll((all) => all.map((one) => one.getAttribute('data-amount')))).toContain(
      answer.money.after['USD'],
    );
    await press('Replay 1 request now');
    await page.getByRole('heading', { name: 'Replayed' }).waitFor();
    expect(await page.getByRole('region', { name: 'Payable by currency' }).innerText()).toContain('+31.00 USD');
    expect(actions).toBe(4);
  });

  test('a dead letter shows its reason and age, is asked for once, and is redriven by selection', async () => {
    await stack().enqueue('{"no": "message of this tracker"}');
    await stack().enqueue('neither is this');
    await eventually('two dead letters', async () => (await stack().queued()).dead >= 2);
    let asked = 0;
    const { page } = await open({
      path: 'dead-letters',
      answers: {
        '/admin/v1/dead-letters': (route) => {
          if (route.request().method() === 'GET') asked++;
          return route.continue();
        },
      },
    });
    await page.getByText('MESSAGE_UNREADABLE').first().waitFor();
    const letters = page.getByRole('region', { name: 'Dead letters, oldest first' });
    const ages = await letters.locator('tbody td:nth-child(4)').allInnerTexts();
    expect(ages.filter((age) => !/^\d+ (sec|min|hr)/.test(age))).toEqual([]);
    expect(ages.length).toBeGreaterThanOrEqual(2);
    const reasons = await letters.locator('tbody td:nth-child(3) code').allInnerTexts();
    expect(reasons.length).toBe(ages.length);
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
    await settled(page);
    expect(asked).toBe(1);
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Redrive 1' }).click();
    await page.getByText(/1 letter moved to the retry queue\. (At least )?\d+ letters? left\./).waitFor();
    await page.getByRole('button', { name: 'Delete' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('Deleted for good.').waitFor();
  });
}
