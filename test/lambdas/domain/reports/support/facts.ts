import { quarterOf } from '../../../../../lambdas/domain/facts/columns';

/** One row of the facts, by the names of its columns. */
export type Fact = Readonly<Record<string, string | number | bigint | boolean | null>>;

export interface Facts {
  readonly clicks: readonly Fact[];
  readonly conversions: readonly Fact[];
}

/** The same numbers from the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const noSubs = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`sub${index + 1}`, null]));

const dimensions = {
  campaign: 'spring',
  offer: 'main',
  source: 'news',
  integration: 'acme',
  ...noSubs,
  country: 'US',
  device: 'mobile',
  os: null,
  browser: null,
  bot: false,
  test: false,
};

/** A click as it is counted; the time by which it was made, and what is out of the ordinary. */
export function clickFact(time: string | number, fields: Fact = {}): Fact {
  const clickedAt = new Date(time).getTime();
  return {
    click_id: `click-${clickedAt}`,
    clicked_at: clickedAt,
    click_quarter: quarterOf(clickedAt),
    ...dimensions,
    visitor: 'visitor',
    cost: null,
    cost_currency: null,
    cost_unreadable: false,
    ...fields,
  };
}

/** A change of a conversion as it is counted. */
export function conversionFact(
  times: { readonly click: string | number; readonly conversion: string | number; readonly booked: string | number },
  fields: Fact = {},
): Fact {
  const [click, conversion, booked] = [times.click, times.conversion, times.booked].map((time) =>
    new Date(time).getTime(),
  );
  if (click === undefined || conversion === undefined || booked === undefined) throw new Error('a time is missing');
  return {
    click_id: `click-${click}`,
    clicked_at: click,
    click_quarter: quarterOf(click),
    conversion_quarter: quarterOf(conversion),
    booked_quarter: quarterOf(booked),
    ...dimensions,
    event: 'sale',
    status: 'approved',
    currency: 'USD',
    count: 1,
    amount: 10_000_000,
    seconds: Math.round((conversion - click) / 1000),
    ...fields,
  };
}

const awkward = ["O'Brien", 'a|b', 'a,b', '100%', 'ключ', '🙂', "'); --", 'A', 'a', 'spring'];
const minute = 60_000;

/** Weeks of clicks and conversions that have everything a report can stumble over, over changes of clocks in four zones. */
export function randomFacts(seed: number, clickCount = 700): Facts {
  const random = randomOf(seed);
  const oneOf = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  };
  const start = Date.parse('2026-09-30T20:00:00Z');
  const clicks: Fact[] = [];
  const conversions: Fact[] = [];
  for (let index = 0; index < clickCount; index++) {
    // Half of them within the hours around which clocks change.
    const changes = ['2026-10-03T15:30:00Z', '2026-10-25T01:00:00Z', '2026-11-01T04:30:00Z', '2026-11-01T06:00:00Z'];
    const clickedAt =
      random() < 0.5
        ? start + Math.floor(random() * 36 * 24 * 60) * minute
        : Date.parse(oneOf(changes)) + Math.floor((random() - 0.5) * 8 * 60) * minute;
    const common = {
      click_id: `c${index}`,
      campaign: oneOf(['spring', 'autumn']),
      offer: oneOf(['main', 'other', null]),
      source: oneOf(['news', 'push', null]),
      integration: oneOf(['acme', 'bolt']),
      sub1: random() < 0.3 ? null : oneOf(awkward),
      sub3: oneOf(['x', 'y', null]),
      country: oneOf(['US', 'DE', null]),
      device: oneOf(['mobile', 'desktop', null]),
      os: oneOf(['iOS', 'Android', null]),
      browser: oneOf(['Chrome', null]),
      bot: random() < 0.1,
      test: random() < 0.1,
    };
    const cost = random() < 0.5 ? null : Math.floor(random() * 500_000);
    clicks.push(
      clickFact(clickedAt, {
        ...common,
        visitor: random() < 0.1 ? null : `v${Math.floor(random() * 40)}`,
        cost,
        cost_currency: cost === null ? null : oneOf(['USD', 'EUR', null]),
        cost_unreadable: cost === null && random() < 0.2,
      }),
    );
    if (random() < 0.5) conversions.push(...changesOf(clickedAt, common, random, oneOf));
  }
  return { clicks, conversions };
}

/** The changes of one conversion, each taking back what the one before said. */
function changesOf(
  clickedAt: number,
  common: Fact,
  random: () => number,
  oneOf: <Value>(values: readonly Value[]) => Value,
): readonly Fact[] {
  // Within seconds, minutes, hours or days.
  const unit = oneOf([1000, minute, 60 * minute, 24 * 60 * minute]);
  const convertedAt = clickedAt + Math.floor(random() * 9) * unit;
  const event = oneOf(['sale', 'lead']);
  const currency = oneOf(['USD', 'EUR', 'JPY', null]);
  const rows: Fact[] = [];
  let bookedAt = convertedAt;
  let before: { readonly status: string; readonly amount: number | null } | undefined;
  for (let change = 0; change < 3 && (change === 0 || random() < 0.4); change++) {
    bookedAt += Math.floor(random() * 6 * 24 * 60) * minute;
    const times = { click: clickedAt, conversion: convertedAt, booked: bookedAt };
    const next = {
      status: oneOf(['approved', 'pending', 'rejected', 'reversed']),
      amount: currency === null || random() < 0.1 ? null : Math.floor(random() * 90_000_000),
    };
    const shared = { ...common, event, currency };
    if (before?.status === next.status) {
      const amount = (next.amount ?? 0) - (before.amount ?? 0);
      rows.push(conversionFact(times, { ...shared, status: next.status, count: 0, amount }));
    } else {
      if (before !== undefined) {
        const amount = before.amount === null ? null : -before.amount;
        rows.push(conversionFact(times, { ...shared, status: before.status, count: -1, amount }));
      }
      rows.push(conversionFact(times, { ...shared, status: next.status, count: 1, amount: next.amount }));
    }
    before = next;
  }
  return rows;
}
