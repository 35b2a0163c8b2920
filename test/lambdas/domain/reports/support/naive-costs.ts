import type { Cost } from '../../../../../lambdas/domain/configuration/cost';
import type { Fact, Facts } from './facts';
import { dateAt } from './naive-labels';
import { addTo, unitsOfText, unitsPerMillionth, type Sums } from './naive-money';

export interface NamedCost {
  readonly id: string;
  readonly document: Cost;
}

/** What each click, and each change of a conversion, costs. */
export type Charges = ReadonlyMap<Fact, Sums>;

const quarter = 900_000;

/** Costs as one would work them out by hand, row by row. It shares no code with the product. */
export function naiveCharges(facts: Facts, documents: readonly NamedCost[]): Charges {
  const isReal = (row: Fact): boolean => row['bot'] === false && row['test'] === false;
  const people = facts.clicks.filter(isReal);
  const spends = documents.filter(({ document }) => document.model === undefined);
  const models = documents.filter(({ document }) => document.model !== undefined).sort(byPrecedence);
  const charges = new Map<Fact, Map<string, bigint>>();
  const charge = (row: Fact, currency: string, units: bigint): void => {
    const sums = charges.get(row) ?? new Map<string, bigint>();
    charges.set(row, sums);
    addTo(sums, currency, units);
  };

  for (const { document } of spends) {
    const sharing = people.filter((row) => isAbout(document, row)).sort(byTime);
    const whole = unitsOfText(document.amount ?? '') / unitsPerMillionth;
    for (const [place, row] of sharing.entries()) {
      const share = whole / BigInt(sharing.length) + (BigInt(place) < whole % BigInt(sharing.length) ? 1n : 0n);
      charge(row, document.currency ?? '', share * unitsPerMillionth);
    }
  }

  for (const row of people) {
    if (spends.some(({ document }) => isAbout(document, row))) continue;
    const model = models.find(({ document }) => isAbout(document, row))?.document;
    if (model === undefined) {
      if (row['cost'] !== null)
        charge(row, String(row['cost_currency'] ?? 'XXX'), BigInt(String(row['cost'])) * unitsPerMillionth);
    } else if (model.model === 'cpc') charge(row, model.currency ?? '', unitsOfText(model.amount ?? ''));
    else if (model.model === 'cpm') charge(row, model.currency ?? '', unitsOfText(model.amount ?? '') / 1000n);
  }

  for (const row of facts.conversions.filter(isReal)) {
    if (spends.some(({ document }) => isAbout(document, row))) continue;
    const model = models.find(
      ({ document }) => isAbout(document, row) && (document.event === undefined || document.event === row['event']),
    )?.document;
    if (model === undefined || !(model.statuses ?? ['approved', 'pending']).some((one) => one === row['status']))
      continue;
    if (model.model === 'cpa')
      charge(row, model.currency ?? '', unitsOfText(model.amount ?? '') * BigInt(String(row['count'])));
    if (model.model === 'revshare') {
      const amount = BigInt(String(row['amount'] ?? 0)) * unitsPerMillionth;
      const share = (amount * unitsOfText(model.percent ?? '')) / (100n * unitsOfText('1'));
      charge(row, String(row['currency'] ?? 'XXX'), share);
    }
  }
  return charges;
}

const named = ['campaign', 'offer', 'source', 'sub1', 'sub3'] as const;

function isAbout(document: Cost, row: Fact): boolean {
  const date = dateAt(Number(row['click_quarter']) * quarter, document.timezone ?? 'UTC');
  if (date < document.from || date > (document.to ?? '9999-12-31')) return false;
  return named.every((name) => document[name] === undefined || document[name] === row[name]);
}

/** Clicks of erased persons have no ID any more: those of one moment are told apart by what is left of them. */
function byTime(left: Fact, right: Fact): number {
  const rest = (row: Fact): string =>
    ['click_id', 'offer', 'integration'].map((name) => String(row[name] ?? '\u{10ffff}')).join('\u0000');
  return (
    Number(left['clicked_at']) - Number(right['clicked_at']) ||
    (rest(left) < rest(right) ? -1 : rest(left) > rest(right) ? 1 : 0)
  );
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
