import type { Page } from 'playwright-core';
import type { PageSuite } from './suite';
import { answering, visit } from './support/open';

const hostile = {
  script: '<script>window.hit=1</script><img src=x onerror=window.hit=1>',
  turned: 'abc\u202Egnp.exe',
  long: 'x'.repeat(512),
  emoji: '👩‍👩‍👧‍👦 שלום مرحبا',
} as const;

export function screenTests({ open }: PageSuite): void {
  test.each(Object.entries(hostile))(
    'text of a stranger (%s) is shown as text in every column, and the layout holds',
    async (_name, text) => {
      const visible = text.replace('\u202E', '⟨U+202E⟩');
      const row = {
        requestId: 'req000000000000000000001',
        receivedAt: new Date().toISOString(),
        method: 'GET',
        path: '/postback/demo',
        raw: text,
        integration: text,
        campaign: text,
        clickId: text,
        result: 'recorded',
        reason: 'OK',
        httpStatus: 200,
        message: text,
        warnings: [{ code: 'AMOUNT_ROUNDED', message: text }],
        attempts: 2,
        userAgent: text,
        keyId: 'k1',
        conversion: {
          clickId: text,
          event: text,
          transactionId: text,
          status: 'approved',
          amount: '1',
          currency: 'USD',
          version: 1,
        },
      };
      const conversion = {
        ...row.conversion,
        campaign: text,
        integration: text,
        source: text,
        test: false,
        repeated: false,
        recordedAt: row.receivedAt,
        changedAt: row.receivedAt,
        history: [
          {
            requestId: row.requestId,
            eventTime: row.receivedAt,
            receivedAt: row.receivedAt,
            status: 'approved',
            amount: '1',
            reason: 'OK',
            deltas: { USD: '1' },
          },
        ],
      };
      const document = {
        id: 'demo',
        name: text,
        version: 1,
        updatedAt: row.receivedAt,
        updatedBy: text,
        preset: text,
        integration: text,
        status: text,
        note: text,
      };
      const delivery = {
        ...row.conversion,
        id: 'del000000000000000000001',
        source: text,
        postback: text,
        conversionKey: text,
        state: 'failed',
        reason: text,
        detail: text,
        attempts: 1,
        createdAt: row.receivedAt,
        request: { method: 'GET', url: text },
        answer: { httpStatus: 400, text },
      };
      const letter = {
        messageId: text,
        kind: 'postback',
        reason: text,
        problem: text,
        ageSeconds: 5,
        receiveCount: 1,
        firstFailedAt: row.receivedAt,
        requestId: text,
        raw: text,
      };
      const report = {
        countedThrough: row.receivedAt,
        version: 'v',
        period: { from: row.receivedAt, to: row.receivedAt, timezone: 'UTC', by: 'click' },
        groups: ['campaign'],
        metrics: ['clicks'],
        rows: [{ group: { campaign: text }, clicks: 1 }],
        total: { clicks: 1 },
        notes: [text],
      };
      const { page } = await open({
        path: `requests/${row.requestId}?since=1h`,
        viewport: { width: 1024, height: 800 },
        answers: {
          '/admin/v1/postbacks?': answering(200, { items: [row] }),
          [`/admin/v1/postbacks/${row.requestId}`]: answering(200, row),
          '/admin/v1/conversions?': answering(200, { items: [conversion] }),
          '/admin/v1/integrations?': answering(200, { items: [document] }),
          '/admin/v1/campaigns?': answering(200, { items: [document] }),
          '/admin/v1/sources?': answering(200, { items: [document] }),
          '/admin/v1/campaigns/demo': answering(200, { ...document, items: [document] }),
          '/admin/v1/deliveries?': answering(200, { items: [delivery] }),
          [`/admin/v1/deliveries/${delivery.id}`]: answering(200, delivery),
          '/admin/v1/dead-letters': answering(200, { items: [letter], more: false }),
          '/admin/v1/reports?': answering(200, report),
          '/admin/v1/saved-reports': answering(200, { items: [document] }),
          '/console/api/explanations': answering(200, {
            fields: [{ field: 'amount', parameter: text, sent: text, readAs: text, assumed: false, wrong: true }],
            unread: [text],
            remarks: [text],
          }),
        },
      });
      for (const path of [
        `requests/${row.requestId}?since=1h`,
        'conversions?integration=demo&since=1h',
        `orders?id=${encodeURIComponent(text)}&since=1h`,
        'integrations',
        'campaigns',
        'campaigns/demo',
        'sources',
        `deliveries/${delivery.id}?source=demo`,
        'dead-letters',
        'reports?group=campaign&timezone=UTC',
        '',
      ]) {
        await visit(page, path);
        expect([path, await overflow(page)]).toEqual([path, 0]);
        // What the stranger wrote is on the screen: a part that shows nothing would hold any layout. Of authors the last part is shown.
        const written = visible.slice(visible.lastIndexOf('/') + 1).slice(0, 30);
        expect([path, (await page.locator('#main').innerText()).includes(written)]).toEqual([path, true]);
        expect([path, await page.evaluate('window.hit')]).toEqual([path, undefined]);
      }
      await visit(page, `requests/${row.requestId}?since=1h`);
      await page.locator('.sentence').first().waitFor();
      const shown = await page.locator('.sentence').first().innerText();
      expect(shown).toBe(visible);
    },
  );

  test('prod is unmistakable: in the title, by a word, by a mark of its own, and in what asks before a change', async () => {
    const { page } = await open({
      path: 'integrations/northwind',
      answers: {
        '/console/api/session': answering(200, {
          stage: 'prod',
          region: 'eu-central-1',
          account: '123456789012',
          identity: 'arn:aws:sts::123456789012:assumed-role/Operators/ada',
          version: '1.0.0',
          publicUrl: 'https://go.example.com',
          protected: true,
          mayWrite: true,
          local: false,
        }),
      },
    });
    await page.locator('.stage.protected').waitFor();
    await page.getByRole('heading', { name: 'Northwind Shop', level: 1 }).waitFor();
    expect(await page.title()).toBe('Northwind Shop · PROD');
    expect(await page.getByRole('contentinfo').innerText()).toMatch(/eu-central-1 · 123456789012[\s\S]*Operators\/ada/);
    await page.getByRole('button', { name: 'Rotate' }).click();
    expect(await page.getByRole('dialog').locator('.stage.protected').innerText()).toBe('PROD');
  });

  test('keys rotate no sooner than the integration has loaded: the rotation names its version', async () => {
    let answerNow = (): void => undefined;
    const loaded = new Promise<void>((resolve) => (answerNow = resolve));
    const { page } = await open({
      path: 'integrations/northwind',
      answers: {
        '/console/api/admin/v1/integrations/northwind': async (route) => {
          await loaded;
          await route.continue();
        },
      },
    });
    const rotate = page.getByRole('button', { name: 'Rotate' });
    await rotate.waitFor();
    expect(await rotate.isDisabled()).toBe(true);
    answerNow();
    await page.getByRole('heading', { name: 'Northwind Shop', level: 1 }).waitFor();
    expect(await rotate.isDisabled()).toBe(false);
  });

  test('trouble that is over is neither urgent nor soon, and comes last', async () => {
    const { page } = await open({
      answers: {
        '/console/api/status': async (route) => {
          const response = await route.fetch();
          const troubles = [
            { urgency: 'soon', sentence: 'It was so for ten minutes.', isOver: true },
            { urgency: 'soon', sentence: 'It can wait.' },
          ];
          await route.fulfill({ response, json: { ...((await response.json()) as object), troubles } });
        },
      },
    });
    const rows = page.getByRole('region', { name: 'Attention' }).getByRole('listitem');
    await rows.first().waitFor();
    expect(await rows.locator('.urgency').allInnerTexts()).toEqual(['! Soon', '○ Over']);
  });

  test('times are in the zone of the viewer, with UTC on hover, and in UTC where the address says so', async () => {
    const { page } = await open({ path: 'requests?since=24h', timezoneId: 'Asia/Kathmandu' });
    const first = page.locator('a[data-row] time').first();
    await first.waitFor();
    const utc = new Date((await first.getAttribute('datetime')) ?? '');
    expect(await first.getAttribute('title')).toBe(`${utc.toISOString().slice(0, 19).replace('T', ' ')} UTC`);
    await page.getByRole('link', { name: 'Show UTC' }).click();
    await page.waitForURL(/tz=UTC/);
    expect(await first.innerText()).toBe(utc.toISOString().slice(11, 19));
    await page.getByRole('link', { name: 'Campaigns' }).click();
    await page.waitForURL(/campaigns\?tz=UTC/);
  });
}

/** By how many pixels the document is wider than its window; tables scroll by themselves. */
export async function overflow(page: Page): Promise<number> {
  const pixels: unknown = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return Number(pixels);
}
