import { readAgent } from '../../../../lambdas/domain/facts/agent';
import type { Lookups } from '../../../../lambdas/domain/facts/click-fact';
import type { FactRow } from '../../../../lambdas/domain/facts/rows';
import type { Click } from '../../../../lambdas/domain/click/click';
import { clickId, now } from '../support/factories';

export const phone =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

export const lookups: Lookups = {
  agentOf: readAgent,
  countryOf: (ipPrefix) => (ipPrefix === '203.0.113.0/24' ? 'NZ' : undefined),
  costNamingOf: (source) => (source === 'news' ? { currency: 'USD' } : undefined),
};

export const clickOf = (fields: Partial<Click> = {}): Click => ({
  clickId: clickId(),
  campaign: 'spring',
  integration: 'acme',
  offer: 'main',
  source: 'news',
  subs: { sub1: 'red', sub3: '' },
  cost: '0.05',
  parameters: {},
  truncated: false,
  test: false,
  bot: false,
  userAgent: phone,
  ipPrefix: '203.0.113.0/24',
  clickedAt: now - 60_000,
  expiresAt: now / 1000 + 1000,
  ...fields,
});

/** What rows add up to in each cell: everything but what is added and, where it does not matter, when it was booked. */
export function sumsOf(rows: readonly FactRow[], without: readonly string[] = ['booked_quarter']): readonly string[] {
  const sums = new Map<string, [bigint, bigint]>();
  for (const row of rows) {
    const others = Object.keys(row)
      .filter((name) => !['count', 'amount', ...without].includes(name))
      .sort();
    const cell = others.map((name) => `${name}=${String(row[name])}`).join(' ');
    const [count, amount] = sums.get(cell) ?? [0n, 0n];
    sums.set(cell, [count + BigInt(Number(row['count'] ?? 1n)), amount + BigInt(row['amount'] ?? 0n)]);
  }
  return [...sums]
    .filter(([, [count, amount]]) => count !== 0n || amount !== 0n)
    .map(([cell, [count, amount]]) => `${cell}: ${count}, ${amount}`)
    .sort();
}
