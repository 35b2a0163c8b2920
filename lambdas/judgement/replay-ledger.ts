import type { ConversionsTable } from '../adapters/conversions-table';
import type { Deadline } from '../adapters/deadline';
import type { Conversion } from '../domain/conversion/conversion';
import { zero } from '../domain/values/amount';
import { addDeltas, payableOf, type Deltas } from '../domain/conversion/payable';
import { settleAmong, type Settlement } from '../domain/conversion/settlement';

/** The payable money of some conversions, by currency, before a replay and after it. Each currency of one side is on the other, too. */
export interface ReplayedMoney {
  readonly before: Deltas;
  readonly after: Deltas;
}

/** The conversions that one call of a replay touches. A dry run settles on this copy, each claim after those before it. */
export interface ReplayLedger {
  /** Settles as the table does; a dry run writes nothing but the copy. */
  readonly conversions: ConversionsTable;
  /** The conversions of a click, as the replay has left them. */
  ofClick(clickId: string, deadline: Deadline): Promise<readonly Conversion[]>;
  /** Returns the payable money of the conversions that a claim was settled with, tests excluded. */
  money(): ReplayedMoney;
}

type ReadClick = (clickId: string, deadline: Deadline) => Promise<readonly Conversion[]>;

/** The conversions of one click by their keys. */
interface Page {
  readonly before: ReadonlyMap<string, Conversion>;
  readonly now: Map<string, Conversion>;
  readonly touched: Set<string>;
}

export function replayLedger(table: ConversionsTable, readClick: ReadClick, dryRun: boolean): ReplayLedger {
  const pages = new Map<string, Promise<Page>>();
  const opened: Page[] = [];

  function open(clickId: string, deadline: Deadline): Promise<Page> {
    const page = pages.get(clickId) ?? read(clickId, deadline);
    pages.set(clickId, page);
    return page;
  }

  async function read(clickId: string, deadline: Deadline): Promise<Page> {
    const conversions = await readClick(clickId, deadline);
    const before = new Map(conversions.map((conversion) => [conversion.conversionKey, conversion]));
    const page = { before, now: new Map(before), touched: new Set<string>() };
    opened.push(page);
    return page;
  }

  const settle: ConversionsTable['record'] = async (subject, claim, rules, deadline) => {
    const page = await open(subject.clickId, deadline);
    const settlement = dryRun
      ? settleAmong([...page.now.values()], subject, claim, rules.mayCreate)
      : await table.record(subject, claim, rules, deadline);
    note(page, settlement);
    return settlement;
  };

  return {
    conversions: { ...table, record: settle },
    ofClick: async (clickId, deadline) => [...(await open(clickId, deadline)).now.values()],
    money: () => moneyOf(opened),
  };
}

function note({ now, touched }: Page, settlement: Settlement): void {
  if (settlement.outcome !== 'settled') return;
  for (const conversion of [...settlement.writes, settlement.conversion]) {
    touched.add(conversion.conversionKey);
    const known = now.get(conversion.conversionKey);
    if (known === undefined || known.version < conversion.version) now.set(conversion.conversionKey, conversion);
  }
}

function moneyOf(pages: readonly Page[]): ReplayedMoney {
  const sum = (which: 'before' | 'now'): Deltas =>
    addDeltas(...pages.flatMap((page) => [...page.touched].map((key) => payableReal(page[which].get(key)))));
  const before = sum('before');
  const after = sum('now');
  return { before: { ...zeroOf(after), ...before }, after: { ...zeroOf(before), ...after } };
}

const payableReal = (conversion: Conversion | undefined): Deltas =>
  conversion?.test === true ? {} : payableOf(conversion);

const zeroOf = (deltas: Deltas): Deltas => Object.fromEntries(Object.keys(deltas).map((currency) => [currency, zero]));
