import { synthesized } from '../e2e/assembly';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { describeInBrowser } from './support/browser';

jest.setTimeout(180_000);

const rebound = 'rebound.example';

describeInBrowser(
  'the console of npm start in a browser',
  ({ browser }) => {
    let stack: LocalStack;

    beforeAll(async () => {
      stack = await startLocalStack({ assembly: await synthesized('dev') });
    });
    afterAll(() => stack.remove());

    test('its page opens under its own policy without an error, and no text can become markup', async () => {
      const context = await browser().newContext();
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(stack.consoleUrl);
      await page.locator('#app > *').first().waitFor();
      expect(complaints).toEqual([]);
      const markup = page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<b>text</b>')`);
      await expect(markup).rejects.toThrow(/TrustedHTML/);
      await context.close();
    });

    test('a page that rebinds its own name to this machine gets neither the console nor its answers', async () => {
      const context = await browser().newContext();
      const page = await context.newPage();
      const { port } = new URL(stack.url);
      const address = `http://${rebound}:${port}`;
      const opened = await page.goto(`${address}/console/`);
      expect([opened?.status(), await opened?.json()]).toMatchObject([403, { error: 'CALLER_FOREIGN' }]);
      const asked = await page.evaluate(
        `fetch('/console/api/admin/v1/campaigns', { headers: { 'x-tracker-session': 'x' } }).then(({ status }) => status)`,
      );
      expect(asked).toBe(403);
      await context.close();
    });
  },
  { args: [`--host-resolver-rules=MAP ${rebound} 127.0.0.1`] },
);
