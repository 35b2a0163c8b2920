import type { Cost } from '../../../../../lambdas/domain/configuration/cost';
import type { Fact, Facts } from './facts';

/** What a report is asked for; times in milliseconds since 1970, `to` itself excluded. */
export interface CostQuestion {
  readonly from: number;
  readonly to: number;
  readonly by: 'click' | 'conversion' | 'booked';
  readonly groups: readonly string[];
}

export interface NamedCost {
  readonly id: string;
  readonly document: Cost;
}

const quarter = 900_000;
/** Costs are worked out in units of 10^-12. */
const unitDigits = 12;

/** Costs by group and currency as one would work them out by hand, row by row. It shares no code with the product. */
export function naiveCosts(facts: Facts, documents: readonly NamedCost[], question: CostQuestion) {
  const people = facts.clicks.filter((row) => row['bot'] === false && row['test'] === false);
  const spends = documents.filter(({ document }) => document.model === undefined);
  const models = documents.filter(({ document }) => document.model !== undefined).sort(byPrecedence);
  const sums = new Map<string, Map<string, bigint>>();
  const add = (row: Fact, currency: string, sum: bigint): void => {
    const group = question.groups.map((name) => row[name] ?? null);
    for (const key of question.groups.length === 0 ? ['total'] : ['total', JSON.stringify(group)]) {
      const money = sums.get(key) ?? new Map<string, bigint>();
      sums.set(key, money.set(currency, (money.get(currency) ?? 0n) + sum));
    }
  };
  const isInside = (row: Fact, column: string): boolean => {
    const time = Number(row[column]) * quarter;
    return time >= question.from && time < question.to;
  };

  for (const { document } of spends) {
    const sharing = people
      .filter((row) => isAbout(document, row))
      .sort(
        (left, right) =>
          Number(left['clicked_at']) - Number(right['clicked_at']) ||
          (`${left['click_id']}` < `${right['click_id']}` ? -1 : 1),
      );
    const whole = units(document.amount ?? '') / 1_000_000n;
    for (const [place, row] of sharing.entries()) {
      const share = whole / BigInt(sharing.length) + (BigInt(place) < whole % BigInt(sharing.length) ? 1n : 0n);
      if (isInside(row, 'click_quarter')) add(row, document.currency ?? '', share * 1_000_000n);
    }
  }

  for (const row of people.filter((one) => isInside(one, 'click_quarter'))) {
    if (spends.some(({ document }) => isAbout(document, row))) continue;
    const model = models.find(({ document }) => isAbout(document, row))?.document;
    if (model === undefined) {
      if (row['cost'] !== null)
        add(row, String(row['cost_currency'] ?? 'XXX'), BigInt(String(row['cost'])) * 1_000_000n);
    } else if (model.model === 'cpc') add(row, model.currency ?? '', units(model.amount ?? ''));
    else if (model.model === 'cpm') add(row, model.currency ?? '', units(model.amount ?? '') / 1000n);
  }

  const changes = facts.conversions.filter((row) => row['bot'] === false && row['test'] === false);
  for (const row of changes.filter((one) => isInside(one, `${question.by}_quarter`))) {
    if (spends.some(({ document }) => isAbout(document, row))) continue;
    const model = models.find(
      ({ document }) => isAbout(document, row) && (document.event === undefined || document.event === row['event']),
    )?.document;
    if (model === undefined || !(model.statuses ?? ['approved', 'pending']).some((one) => one === row['status']))
      continue;
    if (model.model === 'cpa') add(row, model.currency ?? '', units(model.amount ?? '') * BigInt(String(row['count'])));
    if (model.model === 'revshare') {
      const amount = BigInt(String(row['amount'] ?? 0)) * 1_000_000n;
      add(row, String(row['currency'] ?? 'XXX'), (amount * units(model.percent ?? '')) / 10n ** BigInt(unitDigits + 2));
    }
  }
  return sums;
}

/** A decimal in units of 10^-12. */
export function units(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(unitDigits, '0'));
  return text.startsWith('-') ? -size : size;
}

const named = ['campaign', 'offer', 'source', 'sub1', 'sub3'] as const;

function isAbout(document: Cost, row: Fact): boolean {
  const date = dateAt(Number(row['click_quarter']) * quarter, document.timezone ?? 'UTC');
  if (date < document.from || date > (document.to ?? '9999-12-31')) return false;
  return named.every((name) => document[name] === undefined || document[name] === row[name]);
}

function byPrecedence(left: NamedCost, right: NamedCost): number {
  const count = ({ document }: NamedCost): number =>
    [...named, 'event' as const].filter((name) => document[name] !== undefined).length;
  return count(right) - count(left) || startOf(right) - startOf(left) || (left.id < right.id ? -1 : 1);
}

/** The first quarter of an hour at which the clocks of its zone show its first day. */
function startOf({ document: { from, timezone = 'UTC' } }: NamedCost): number {
  let time = Date.parse(from) - 15 * 3_600_000;
  while (dateAt(time, timezone) < from) time += quarter;
  return time;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function dateAt(time: number, timeZone: string): string {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  clocks.set(timeZone, clock);
  return clock.format(time);
}
