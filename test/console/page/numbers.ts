import { readFile } from 'node:fs/promises';
import type { PageSuite } from './suite';
import { answering, settled } from './support/open';

const conversionOf = (number: number, amount: string, currency: string, transactionId = `T-${number}`) => ({
  clickId: String(number).padStart(32, '0'),
  event: 'sale',
  transactionId,
  campaign: 'spring',
  integration: 'demo',
  status: 'approved',
  amount,
  amountNamed: true,
  currency,
  test: false,
  repeated: false,
  version: 1,
  recordedAt: '2026-11-29T12:00:00.000Z',
  changedAt: '2026-11-29T12:00:00.000Z',
  history: [],
});

interface ReportRow {
  readonly group: { readonly campaign: string };
  readonly clicks: number;
  readonly conversions: number;
  readonly revenue: Readonly<Record<string, string>>;
  readonly cost: Readonly<Record<string, string>>;
  readonly profit: Readonly<Record<string, string>>;
}

export function numberTests({ stack, open }: PageSuite): void {
  test('amounts are shown to the last digit, and two currencies are never one sum', async () => {
    const items = [
      conversionOf(1, '123456789012.123456', 'USD'),
      conversionOf(2, '-0.1', 'USD'),
      conversionOf(3, '12.5', 'JPY'),
      conversionOf(4, '7', 'EUR'),
    ];
    let first = true;
    const { page } = await open({
      path: 'conversions?integration=demo&since=24h',
      answers: {
        '/admin/v1/conversions?': (route) => {
          const answer = answering(200, { items: first ? items : [] })(route);
          first = false;
          return answer;
        },
      },
    });
    await page.getByText('That is all of the period.').waitFor();
    const table = await page.getByRole('region', { name: 'Conversions' }).last().innerText();
    for (const text of ['123,456,789,012.123456 USD', '-0.10 USD', '12.5 JPY', '7.00 EUR'])
      expect(table).toContain(text);
    const sums = await page.getByRole('region', { name: 'Sums' }).locator('strong').allInnerTexts();
    expect(sums.sort()).toEqual(['12.5 JPY', '123,456,789,012.023456 USD', '7.00 EUR']);
  });

  test('a file of conversions holds what is filtered, and nothing that a spreadsheet would run', async () => {
    const items = [conversionOf(1, '-12.5', 'USD', '=HYPERLINK("http://evil.example")')];
    let first = true;
    const { page } = await open({
      path: 'conversions?integration=demo&since=1h',
      answers: {
        '/admin/v1/conversions?': (route) => {
          const whole = new URL(route.request().url()).searchParams.get('limit') === '200';
          const answer = answering(200, { items: whole || first ? items : [] })(route);
          first = false;
          return answer;
        },
      },
    });
    await page.getByText('That is all of the period.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.startsWith('\ufeffclickId,')).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(text).toContain(',-12.5,USD,');
    expect(download.suggestedFilename()).toMatch(/^conversions_dev_20\d\d-.*\.csv$/);
  });

  test('a file of the log holds a rejected row whole, and nothing that a spreadsheet would run', async () => {
    const row = {
      requestId: 'req000000000000000000001',
      receivedAt: new Date(Date.now() - 60_000).toISOString(),
      method: 'GET',
      path: '/postback/demo',
      raw: '=cmd&txid=2',
      integration: 'demo',
      result: 'rejected',
      reason: 'TRANSITION_REFUSED',
      httpStatus: 409,
      message: '"sale" cannot become that.',
      warnings: [{ code: 'AMOUNT_ROUNDED', message: 'x' }],
      attempts: 1,
      conversion: {
        clickId: 'c',
        event: 'sale',
        transactionId: '=HYPERLINK("http://evil.example")',
        status: 'reversed',
        amount: '-12.5',
        currency: 'USD',
        version: 1,
      },
    };
    const { page } = await open({
      path: 'requests?since=1h',
      answers: {
        '/admin/v1/postbacks?': (route) => {
          const whole = new URL(route.request().url()).searchParams.get('limit') === '200';
          return answering(200, { items: whole ? [row] : [] })(route);
        },
      },
    });
    await settled(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.startsWith('\ufeffrequestId,receivedAt,result,reason,')).toBe(true);
    expect(text).toContain(
      `sale,"'=HYPERLINK(""http://evil.example"")",reversed,-12.5,USD,AMOUNT_ROUNDED,'=cmd&txid=2`,
    );
    expect(download.suggestedFilename()).toMatch(/^postbacks_dev_20\d\d-.*\.csv$/);
  });

  test('screen, file and API of a report agree to the digit, and a value leads to the report of it alone', async () => {
    const { page } = await open({ path: 'reports?group=campaign&days=2&timezone=UTC' });
    const table = page.getByRole('region', { name: 'Report' });
    await table.getByRole('link', { name: 'autumn-sale' }).waitFor({ timeout: 60_000 });
    const query = new URL(page.url()).searchParams;
    expect(query.get('timezone')).toBe('UTC');
    const to = new Date().toISOString().slice(0, 10);
    const from = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const file = await readFile(await download.path(), 'utf8');
    const answer = await fetch(
      `${stack().url}/admin/v1/reports?from=${from}&to=${to}&timezone=UTC&group=campaign&metrics=clicks,conversions,revenue,cost,profit`,
    );
    const { rows } = (await answer.json()) as { rows: readonly ReportRow[] };
    const shown: unknown = await table
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) =>
          [...row.querySelectorAll('td')].map((cell) => [
            cell.textContent,
            ...[...cell.querySelectorAll('[data-amount]')].map((amount) => amount.getAttribute('data-amount')),
          ]),
        ),
      );
    const cells = shown as readonly (readonly (readonly [string, ...string[]])[])[];
    const [heads = [], ...lines] = file
      .replace('\ufeff', '')
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const inFile = (campaign: string, column: string): string | undefined =>
      lines.find((line) => line[heads.indexOf('campaign')] === campaign)?.[heads.indexOf(column)];
    expect(rows.length).toBe(cells.length);
    expect(rows.length).toBeGreaterThan(1);
    for (const { group, clicks, conversions, revenue, cost, profit } of rows) {
      const row = cells.find(([name]) => name?.[0] === group.campaign) ?? [];
      expect([row[1]?.[0], row[2]?.[0]]).toEqual([String(clicks), String(conversions)]);
      expect([inFile(group.campaign, 'clicks'), inFile(group.campaign, 'conversions')]).toEqual([
        String(clicks),
        String(conversions),
      ]);
      for (const [place, money, name] of [
        [4, revenue, 'revenue'],
        [5, cost, 'cost'],
        [6, profit, 'profit'],
      ] as const) {
        expect(row[place]?.slice(1)).toEqual(Object.values(money));
        for (const [currency, amount] of Object.entries(money))
          expect(inFile(group.campaign, `${name} ${currency}`)).toBe(amount);
      }
    }
    await table.getByRole('link', { name: 'autumn-sale' }).click();
    await page.waitForURL(/filter=campaign%3Aautumn-sale/);
    await page.getByRole('button', { name: 'Remove the filter campaign is autumn-sale' }).waitFor();
    await settled(page);
  });

  test('a number and a bar of a report lead to the conversions that it counts, as many and as much', async () => {
    const { page } = await open({ path: 'reports?group=campaign&days=1&timezone=UTC' });
    const row = page.getByRole('region', { name: 'Report' }).getByRole('row', { name: /autumn-sale/ });
    await row.waitFor({ timeout: 60_000 });
    const [, , count = ''] = await row.getByRole('cell').allInnerTexts();
    expect(Number(count)).toBeGreaterThan(1);
    await row.getByRole('link', { name: count, exact: true }).click();
    const listed = async (): Promise<string> => {
      await page.getByText('That is all of the period.').waitFor({ timeout: 120_000 });
      return page.getByRole('region', { name: 'Conversions' }).first().getByRole('heading').innerText();
    };
    expect(await listed()).toBe(`${count} conversions`);
    await page.getByRole('button', { name: 'Remove the filter campaign is autumn-sale' }).waitFor();

    await page.goto(`${stack().url}/console/reports?group=day&days=2&timezone=UTC&chart=conversions`);
    await page.locator('.chart canvas').waitFor();
    const days = page.getByRole('region', { name: 'Report' }).locator('tbody tr');
    const labels = await days.locator('td:nth-child(1)').allInnerTexts();
    const counts = await days.locator('td:nth-child(3)').allInnerTexts();
    const most = Math.max(...counts.map(Number));
    expect(await page.locator('.chart').getAttribute('aria-label')).toContain(`at most ${most},`);
    const address = page.url();
    const counted = counts.flatMap((conversions, index) =>
      conversions === '0' ? [] : [{ conversions, label: labels[index] ?? '' }],
    );
    expect(counted.length).toBeGreaterThan(0);
    for (const { conversions, label } of counted) {
      await page.goto(address);
      await page.locator('.chart canvas').waitFor();
      const plot = await page.locator('.chart .u-over').boundingBox();
      if (plot === null) throw new Error('the chart has no plot');
      // Two bars, whether there was something to count on the first day or not.
      const bar = label === new Date().toISOString().slice(0, 10) ? 1 : 0;
      await page.mouse.click(plot.x + (plot.width * (bar + 0.5)) / 2, plot.y + plot.height / 2);
      await page.waitForURL(/conversions\?by=click/);
      expect(await listed()).toBe(`${conversions} conversion${conversions === '1' ? '' : 's'}`);
    }
  });

  test('a day on which clocks go back has 25 hours, each with its offset and UTC on hover, in chart and table', async () => {
    const hours = Array.from({ length: 25 }, (_, hour) => {
      const at = Date.UTC(2026, 10, 1, 4 + hour);
      const offset = hour < 2 ? 4 : 5;
      const local = new Date(at - offset * 3_600_000).toISOString().slice(0, 16);
      return { group: { hour: `${local}-0${offset}:00` }, clicks: hour };
    });
    const { page } = await open({
      path: 'reports?from=2026-11-01&to=2026-11-01&group=hour&timezone=America%2FNew_York',
      timezoneId: 'America/New_York',
      answers: {
        '/admin/v1/reports?': answering(200, {
          countedThrough: '2026-11-02T05:00:00.000Z',
          version: 'v',
          period: {
            from: '2026-11-01T04:00:00.000Z',
            to: '2026-11-02T05:00:00.000Z',
            timezone: 'America/New_York',
            by: 'click',
          },
          metrics: ['clicks'],
          groups: ['hour'],
          rows: hours,
          total: { clicks: 300 },
          notes: [],
        }),
      },
    });
    const table = page.getByRole('region', { name: 'Report' });
    await table.waitFor();
    const labels = await table.locator('tbody time').allInnerTexts();
    expect(new Set(labels).size).toBe(25);
    expect(labels.filter((label) => label.startsWith('2026-11-01 01:00'))).toEqual([
      '2026-11-01 01:00 -04:00',
      '2026-11-01 01:00 -05:00',
    ]);
    expect(await table.locator('tbody time').nth(2).getAttribute('title')).toBe('2026-11-01 06:00:00 UTC');
    await page.getByRole('img', { name: /at most 24, at 2026-11-01T23:00/ }).waitFor();
    await page.locator('.chart canvas').waitFor();
  });
}
