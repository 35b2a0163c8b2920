import type { Fact, Facts } from './facts';

/** What a report is asked for; times in milliseconds since 1970, `to` itself excluded. */
export interface NaiveQuestion {
  readonly from: number;
  readonly to: number;
  readonly timezone: string;
  readonly by: 'click' | 'conversion' | 'booked';
  readonly groups: readonly string[];
  keeps?(row: Fact): boolean;
}

interface Pile {
  readonly group: Readonly<Record<string, string | null>>;
  readonly clicks: Fact[];
  readonly conversions: Fact[];
}

const quarter = 900_000;

/** A report as one would work it out by hand, row by row. It shares no code with the product. */
export function naiveReport(facts: Facts, question: NaiveQuestion) {
  const piles = new Map<string, Pile>();
  const all: Pile = { group: {}, clicks: [], conversions: [] };
  const keeps = question.keeps ?? ((): boolean => true);
  const put = (row: Fact, kind: 'clicks' | 'conversions', column: string): void => {
    const time = Number(row[column]) * quarter;
    if (time < question.from || time >= question.to || row['test'] === true || !keeps(row)) return;
    const group = Object.fromEntries(
      question.groups.map((name) => [name, labelOf(name, row, time, question.timezone)]),
    );
    const key = JSON.stringify(group);
    const pile = piles.get(key) ?? { group, clicks: [], conversions: [] };
    piles.set(key, pile);
    for (const one of [pile, all]) one[kind].push(row);
  };
  for (const click of facts.clicks) put(click, 'clicks', 'click_quarter');
  for (const change of facts.conversions) put(change, 'conversions', `${question.by}_quarter`);
  const rows = [...piles.values()]
    .map((pile) => ({ group: pile.group, measures: measuresOf(pile) }))
    .filter(({ measures }) => !isNothing(measures));
  return { rows: question.groups.length === 0 ? [] : rows, total: measuresOf(all) };
}

function isNothing({ clicks, botClicks, approved, pending, rejected, reversed, revenue, cost }: Measures): boolean {
  return (
    clicks + botClicks === 0 &&
    [approved, pending, rejected, reversed].every((count) => count === 0) &&
    [revenue, cost].every((money) => Object.keys(money).length === 0)
  );
}

type Measures = ReturnType<typeof measuresOf>;

function measuresOf({ clicks, conversions }: Pile) {
  const people = clicks.filter((row) => row['bot'] === false);
  const real = conversions.filter((row) => row['bot'] === false);
  const counted = (status: string): number =>
    real.filter((row) => row['status'] === status).reduce((sum, row) => sum + Number(row['count']), 0);
  const earned = (...statuses: readonly string[]): Map<string, bigint> =>
    sums(
      real.filter((row) => statuses.includes(String(row['status']))),
      'amount',
      'currency',
    );
  const [approved, pending, rejected, reversed] = ['approved', 'pending', 'rejected', 'reversed'].map(counted);
  if (approved === undefined || pending === undefined || rejected === undefined || reversed === undefined)
    throw new Error();
  const revenue = earned('approved', 'pending');
  const cost = sums(people, 'cost', 'cost_currency');
  const profit = new Map(
    [...revenue.keys(), ...cost.keys()].map((code) => [code, (revenue.get(code) ?? 0n) - (cost.get(code) ?? 0n)]),
  );
  const involved = [...new Set([...revenue, ...cost].filter(([, sum]) => sum !== 0n).map(([code]) => code))];
  const [only = ''] = involved;
  const conversionCount = approved + pending;
  return {
    clicks: people.length,
    botClicks: clicks.length - people.length,
    uniqueClicks: new Set(
      people
        .filter((row) => row['visitor'] !== null)
        .map(
          (row) =>
            `${row['campaign']} ${new Date(Number(row['clicked_at'])).toISOString().slice(0, 10)} ${row['visitor']}`,
        ),
    ).size,
    conversions: conversionCount,
    approved,
    pending,
    rejected,
    reversed,
    revenue: shown(revenue, 1),
    revenueApproved: shown(earned('approved'), 1),
    cost: shown(cost, 1),
    profit: shown(profit, 1),
    roi:
      involved.length !== 1 || !cost.get(only)
        ? null
        : Number(quotient((profit.get(only) ?? 0n) * 1_000_000n, cost.get(only) ?? 0n)),
    cr: people.length === 0 ? null : Number(quotient(BigInt(conversionCount) * 1_000_000n, BigInt(people.length))),
    epc: people.length === 0 ? null : shown(revenue, people.length),
    cpc: people.length === 0 ? null : shown(cost, people.length),
    cpa: conversionCount === 0 ? null : shown(cost, conversionCount),
    medianSecondsToConversion: medianOf(
      real.filter((row) => row['status'] === 'approved' || row['status'] === 'pending'),
    ),
    ...sharesOf(real.filter((row) => row['status'] === 'approved' || row['status'] === 'pending')),
  };
}

function sums(rows: readonly Fact[], amount: string, currency: string): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const row of rows) {
    if (row[amount] === null) continue;
    const code = String(row[currency] ?? 'XXX');
    found.set(code, (found.get(code) ?? 0n) + BigInt(String(row[amount])));
  }
  return found;
}

function shown(money: Map<string, bigint>, by: number): Record<string, string> {
  const entries = [...money].sort(([left], [right]) => left.localeCompare(right));
  return Object.fromEntries(
    entries.filter(([, sum]) => sum !== 0n).map(([code, sum]) => [code, quotient(sum, BigInt(by))]),
  );
}

/** Millionths by a number, rounded half to even, as a decimal without zeros at its end. */
function quotient(millionths: bigint, by: bigint): string {
  const sign = millionths < 0n !== by < 0n ? '-' : '';
  const [top, bottom] = [millionths, by].map((value) => (value < 0n ? -value : value));
  if (top === undefined || bottom === undefined) throw new Error();
  // Twice the quotient, cut: odd where the rest is half or more.
  let rounded = top / bottom;
  const rest = top - rounded * bottom;
  if (rest + rest > bottom || (rest + rest === bottom && rounded % 2n !== 0n)) rounded += 1n;
  const digits = String(rounded).padStart(7, '0');
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
  return text === '0' ? '0' : sign + text;
}

function medianOf(rows: readonly Fact[]): number | null {
  const standing = new Map<number, number>();
  for (const row of rows) {
    const seconds = Number(row['seconds']);
    standing.set(seconds, (standing.get(seconds) ?? 0) + Number(row['count']));
  }
  const all = [...standing]
    .flatMap(([seconds, times]) => Array.from({ length: Math.max(0, times) }, () => seconds))
    .sort((left, right) => left - right);
  const [low, high] = [all[Math.ceil(all.length / 2) - 1], all[Math.floor(all.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Shares of conversions by the time from their click. */
function sharesOf(rows: readonly Fact[]) {
  const countOf = (seconds: number): number =>
    rows.filter((row) => Number(row['seconds']) < seconds).reduce((sum, row) => sum + Number(row['count']), 0);
  const all = countOf(Infinity);
  const share = (seconds: number): number | null =>
    all <= 0 ? null : Number(quotient(BigInt(countOf(seconds)) * 1_000_000n, BigInt(all)));
  return {
    under1Minute: share(60),
    under5Minutes: share(5 * 60),
    under1Hour: share(60 * 60),
    under1Day: share(24 * 60 * 60),
    under7Days: share(7 * 24 * 60 * 60),
  };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show, as texts. */
function shownAt(time: number, timeZone: string): Record<string, string> {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'longOffset',
    });
  clocks.set(timeZone, clock);
  return Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function labelOf(name: string, row: Fact, time: number, timeZone: string): string | null {
  const at = shownAt(time, timeZone);
  const date = `${at['year']}-${at['month']}-${at['day']}`;
  switch (name) {
    case 'day':
      return date;
    case 'month':
      return date.slice(0, 7);
    case 'weekday':
      return String(weekdays.indexOf(at['weekday'] ?? '') + 1);
    case 'hourOfDay':
      return at['hour'] ?? '';
    case 'week':
      return weekOf(date);
    case 'hour': {
      let begin = time;
      while (isSameHour(shownAt(begin - quarter, timeZone), at)) begin -= quarter;
      const shownBegin = shownAt(begin, timeZone);
      const offset = (at['timeZoneName'] ?? '').replace('GMT', '') || '+00:00';
      return `${date}T${shownBegin['hour']}:${shownBegin['minute']}${offset}`;
    }
    default: {
      const value = row[name] ?? null;
      return value === null ? null : String(value);
    }
  }
}

function isSameHour(left: Record<string, string>, right: Record<string, string>): boolean {
  return (
    left['hour'] === right['hour'] && left['day'] === right['day'] && left['timeZoneName'] === right['timeZoneName']
  );
}

/** Counts weeks from the one that has the fourth of January. */
function weekOf(date: string): string {
  const mondayOf = (text: string): number => {
    const day = new Date(`${text}T00:00:00Z`);
    return day.getTime() - ((day.getUTCDay() + 6) % 7) * 86_400_000;
  };
  const year = [1, 0, -1]
    .map((away) => Number(date.slice(0, 4)) + away)
    .find((candidate) => mondayOf(`${candidate}-01-04`) <= mondayOf(date));
  const week = (mondayOf(date) - mondayOf(`${year}-01-04`)) / (7 * 86_400_000) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
