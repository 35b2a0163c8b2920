import { auditReports } from '../../operator/audit/audit';
import type { AdminApi } from '../../operator/api/admin-api';
import * as v from 'valibot';

const period = { since: '2026-11-23T00:00:00Z', until: '2026-11-24T00:00:00Z' };
const cell = (amount: string, count = 1) => ({
  set: 'conversions',
  campaign: 'spring',
  quarter: '2026-11-23T10:15:00.000Z',
  event: 'sale',
  status: 'approved',
  currency: 'USD',
  count,
  amount,
});

/** An API that answers the pages of a scan in their order, and what was counted, the last of it for good. */
function apiOf(pages: readonly (readonly object[])[], counts: readonly (readonly object[])[]): AdminApi {
  const left = [...counts];
  const answerTo = (path: readonly string[], cursor: unknown): unknown => {
    if (path.at(-1) === 'stored') {
      const at = Number(cursor ?? 0);
      const next = at + 1 < pages.length ? { cursor: String(at + 1) } : {};
      return { cells: pages[at] ?? [], erased: [], scanned: 10, ...next };
    }
    const cells = (left.length > 1 ? left.shift() : left[0]) ?? [];
    return { version: 'v1', cells };
  };
  return {
    publicUrl: 'https://tracker.example',
    call: async (_, path, schema, settings) => v.parse(schema, answerTo(path, settings?.query?.['cursor'])),
    text: () => Promise.reject(new Error('no text')),
    ask: () => Promise.reject(new Error('nothing is asked so')),
    async *pages() {
      yield* [];
    },
    all: async () => [],
  };
}

test('the cells of all stretches are added up before they are compared', async () => {
  const api = apiOf([[cell('10')], [cell('2.5')]], [[cell('12.5', 2)]]);

  expect(await auditReports(api, period, 0)).toMatchObject({ drift: [], cells: 1, scanned: 20 });
});

test('a conversion that is counted a moment later is no drift', async () => {
  const api = apiOf([[cell('10')]], [[], [cell('10')]]);

  expect(await auditReports(api, period, 0)).toMatchObject({ drift: [] });
});

test('a difference that stays is drift, with both sides', async () => {
  const api = apiOf([[cell('10')]], [[cell('20', 2)]]);

  const { drift } = await auditReports(api, period, 0);

  expect(drift).toEqual([
    expect.objectContaining({
      campaign: 'spring',
      stored: { count: 1n, amount: 10_000_000n },
      counted: { count: 2n, amount: 20_000_000n },
    }),
  ]);
});
