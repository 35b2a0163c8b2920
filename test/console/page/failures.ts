import type { PageSuite } from './suite';
import { answering, settled, type Answering } from './support/open';

const faults: readonly (readonly [name: string, answer: Answering, says: RegExp])[] = [
  [
    '500',
    answering(500, { error: 'INTERNAL_ERROR', message: 'Something failed here.', requestId: 'r-1' }),
    /Something failed here/,
  ],
  [
    '503',
    answering(503, { error: 'STORAGE_UNAVAILABLE', message: 'Storage did not answer.' }, { 'retry-after': '60' }),
    /asked again in/,
  ],
  ['403', answering(403, { error: 'FORBIDDEN', message: 'This identity may not read it.' }), /Not allowed/],
  ['no answer', (route) => route.abort('connectionreset'), /does not answer/],
  ['malformed JSON', answering(200, '{"items": ['), /not what this page understands/],
  ['another shape', answering(200, { things: [] }), /not what this page understands/],
];

/** What a browser does when a person comes back to a tab. */
const returnToTab = `document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`;

export function failureTests({ stack, open }: PageSuite): void {
  test.each(faults)(
    'a part that is answered with %s says so, with a way to try again, and the others stay',
    async (_name, answer, says) => {
      let failing = true;
      const { page } = await open({
        answers: { '/console/api/status': (route) => (failing ? answer(route) : route.continue()) },
      });
      const part = page.getByRole('region', { name: 'Last hour' });
      await part.getByText(says).waitFor();
      expect(await part.innerText()).not.toMatch(/\b0\b/);
      await page
        .getByRole('region', { name: 'Newest requests', exact: true })
        .locator('a[data-row], .row-link')
        .first()
        .waitFor();
      failing = false;
      await part.getByRole('button', { name: 'Try again' }).click();
      await part.getByText('Postbacks').waitFor();
    },
  );

  test.each([
    ['integrations', '/admin/v1/integrations?'],
    ['campaigns', '/admin/v1/campaigns?'],
    ['requests', '/admin/v1/postbacks?'],
    ['reports?timezone=UTC', '/admin/v1/reports?'],
    ['dead-letters', '/admin/v1/dead-letters'],
    ['deliveries?source=search-ads', '/admin/v1/deliveries?'],
    ['conversions?integration=demo', '/admin/v1/conversions?'],
    ['clicks/00000000000000000000000000000000', '/admin/v1/'],
    ['', '/admin/v1/postbacks?'],
    ['', '/admin/v1/campaigns?'],
    ['integrations/northwind', '/postback-url'],
    ['integrations/northwind', '/keys'],
    ['integrations/northwind', 'history=1'],
    ['integrations/northwind/test', '/admin/v1/campaigns?'],
    ['integrations/new', '/admin/v1/presets'],
    ['integrations/new/generic/test?id=northwind', '/admin/v1/postbacks?'],
    ['campaigns/autumn-sale', '/admin/v1/campaigns/autumn-sale'],
    ['sources', '/admin/v1/sources?'],
    ['orders?id=NW-48213&since=1h', '/admin/v1/postbacks?'],
  ])('%s shows a failure, and neither "empty" nor an endless wait', async (path, part) => {
    const { page } = await open({
      path,
      answers: { [part]: answering(500, { error: 'INTERNAL_ERROR', message: 'Something failed here.' }) },
    });
    await page.getByText('Something failed here.').first().waitFor();
    await settled(page);
    expect(await page.locator('.empty').count()).toBe(0);
  });

  test.each([
    ['integrations/northwind', /Could not refresh, showing/, 'Postback URL'],
    ['', /Could not refresh, showing/, 'Newest requests'],
    ['requests?since=1h&live=1', /Could not look for new requests/, 'Requests, newest first'],
  ])('what was there at "%s" stays while storage is in trouble, and its age is shown', async (path, age, part) => {
    const { page } = await open({ path, clock: true });
    await settled(page);
    await page.getByRole('region', { name: part, exact: true }).first().waitFor();
    const before = await page.getByRole('region', { name: part, exact: true }).first().innerText();
    await stack().break({ kind: 'throttle', service: 'dynamodb' });
    try {
      await page.clock.fastForward(60_000);
      await page.evaluate(returnToTab);
      await page.getByText(age).first().waitFor({ timeout: 60_000 });
      const rows = before.split('\n').at(-1) ?? '';
      expect(rows).not.toBe('');
      expect(await page.getByRole('region', { name: part, exact: true }).first().innerText()).toContain(rows);
    } finally {
      await stack().heal();
    }
  });

  test('expired AWS credentials: the command to type, and the same screen goes on after it', async () => {
    let expired = true;
    const { page } = await open({
      path: 'integrations',
      answers: {
        '/admin/v1/integrations': (route) =>
          expired
            ? answering(401, {
                error: 'CREDENTIALS_EXPIRED',
                message: 'Your AWS credentials have expired.',
                command: 'aws sso login --profile work',
              })(route)
            : route.continue(),
      },
    });
    await page.getByText('aws sso login --profile work').first().waitFor();
    expired = false;
    await page.evaluate(returnToTab);
    await page.getByRole('link', { name: 'northwind' }).waitFor();
  });
}
