import { deliveryAdvice } from '../../../operator/deliveries/advice';
import { sourceHealthAdvice } from '../../../operator/deliveries/source-health';
import type { PageSuite } from './suite';
import { answering } from './support/open';

export function sourceTests({ stack, open, sink }: PageSuite): void {
  const stored = async (path: string): Promise<unknown> => (await fetch(`${stack().url}/admin/v1/${path}`)).json();
  const putSource = async (id: string, name: string): Promise<void> => {
    const postbacks = [{ id: 'main', when: 'first', url: `https://${id}.example/?c={external_id}` }];
    await fetch(`${stack().url}/admin/v1/sources/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, postbacks }),
    });
  };

  test('a source that is known is made from its template, and shows the link to paste there', async () => {
    const { page } = await open({ path: 'sources' });
    await page.getByRole('link', { name: 'New source' }).click();
    await page.getByLabel('Find').fill('propel');
    await page.getByRole('link', { name: /^PropellerAds/ }).click();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('PropellerAds');
    await page.getByRole('textbox', { name: 'aid', exact: true }).fill('111');
    await page.getByRole('textbox', { name: 'tid', exact: true }).fill('222');
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'aid', exact: true }).inputValue()).toBe('111');
    await page.getByRole('button', { name: 'Create the source' }).click();
    await page.getByText('&external_id=${SUBID}').waitFor();
    await page.getByRole('button', { name: 'Send a test conversion' }).waitFor();
    expect(await stored('sources/propellerads')).toMatchObject({
      name: 'PropellerAds',
      postbacks: [{ id: 'main', template: 'propellerads', when: 'first', account: { aid: '111', tid: '222' } }],
    });
  });

  test('a secret of a template is set with its source, and neither the page nor its address keeps it', async () => {
    const { page } = await open({ path: 'sources/new?template=meta&name=Meta&account.pixel=42' });
    await page.getByRole('textbox', { name: 'site', exact: true }).fill('https://shop.example/');
    await page.getByLabel('Secret token', { exact: true }).fill('EAAB-secret');
    expect(page.url()).not.toContain('EAAB');
    const put = page.waitForRequest((request) => request.url().endsWith('/sources/meta/secrets/token'));
    await page.getByRole('button', { name: 'Create the source' }).click();
    expect((await put).postDataJSON()).toEqual({ value: 'EAAB-secret' });
    await page.getByText('The source adds its click ID as fbclid by itself.').waitFor();
    expect(await page.content()).not.toContain('EAAB');
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain('EAAB');
  });

  test('from no source to a green test: a secret that is missing is asked for, and is masked in what is shown', async () => {
    const { page } = await open({ path: 'sources/new' });
    await page.getByRole('link', { name: /^Another source/ }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Push ads');
    const url = `${sink().url}/push?cid={external_id}&sum={payout}&key={secret:key}`;
    await page.getByLabel('Postback URL of the source (optional)').fill(url);
    await page.getByRole('button', { name: 'Create the source' }).click();
    const trial = page.getByRole('region', { name: 'Test', exact: true });
    await trial.getByRole('button', { name: 'Send a test conversion' }).click();
    await trial.getByText('SECRET_MISSING').waitFor();
    await trial.getByLabel('Secret key', { exact: true }).fill('hush-hush');
    await trial.getByLabel('Click ID of the source (optional)').fill('their-1');
    await trial.getByRole('button', { name: 'Send a test conversion' }).click();
    await trial.getByText('It works').waitFor();
    expect(await trial.getByLabel('Request', { exact: true }).innerText()).toContain('cid=their-1&sum=1.23&key=***');
    expect(sink().asked).toContain('/push?cid=their-1&sum=1.23&key=hush-hush');
    expect(await page.content()).not.toContain('hush-hush');
    expect(await stored('deliveries?source=push-ads')).toMatchObject({ items: [] });
  });

  test('a test that reaches no host says what to do next', async () => {
    await putSource('far', 'Far');
    const outcome = { postback: 'main', outcome: 'held', reason: 'NAME_NOT_FOUND' };
    const { page } = await open({
      path: 'sources/far',
      answers: { '/sources/far/test': answering(200, outcome) },
    });
    await page.getByRole('button', { name: 'Send a test conversion' }).click();
    await page.getByText('NAME_NOT_FOUND').waitFor();
    expect(await page.locator('.advice').innerText()).toBe(deliveryAdvice('NAME_NOT_FOUND'));
  });

  test('a source that is suspended says so, with the time of its next trial and what to do', async () => {
    await putSource('dead', 'Dead');
    const [suspendedAt, nextAttemptAt] = ['2026-11-23T12:00:00.000Z', '2026-11-23T13:00:00.000Z'];
    const suspended = { source: 'dead', state: 'suspended', unaccepted: 26, suspendedAt, nextAttemptAt };
    const { page } = await open({
      path: 'sources/dead',
      answers: { '/sources/dead/health': answering(200, suspended) },
    });
    const health = page.getByRole('status').filter({ hasText: 'Suspended' });
    await health.waitFor();
    const times = health.locator('time');
    expect(await times.nth(0).getAttribute('datetime')).toBe(suspendedAt);
    expect(await times.nth(1).getAttribute('datetime')).toBe(nextAttemptAt);
    expect(await health.innerText()).toContain(sourceHealthAdvice(suspended));
  });

  test('a source that accepts has no word about its health', async () => {
    await putSource('sound', 'Sound');
    const { page } = await open({ path: 'sources/sound' });
    const answered = page.waitForResponse((response) => response.url().endsWith('/sources/sound/health'));
    await page.reload();
    expect(await (await answered).json()).toMatchObject({ source: 'sound', state: 'accepting' });
    await page.getByRole('button', { name: 'Send a test conversion' }).waitFor();
    expect(await page.getByRole('main').locator('.failed').count()).toBe(0);
  });

  test('the trouble of a suspended source leads to its page', async () => {
    await putSource('ended', 'Ended');
    const next = 'tracker source health ended';
    const { page } = await open({
      answers: {
        '/console/api/status': async (route) => {
          const response = await route.fetch();
          const troubles = [{ urgency: 'soon', sentence: '1 source suspended (ended)', next }];
          await route.fulfill({ response, json: { ...((await response.json()) as object), troubles } });
        },
      },
    });
    await page.getByRole('link', { name: 'Look' }).click();
    await page.getByRole('heading', { name: 'Ended', level: 1 }).waitFor();
  });
}
