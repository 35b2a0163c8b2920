import type { Claim } from '../../lambdas/domain/request/claim';
import { NaiveKey } from '../../test/lambdas/domain/conversion/naive-key';
import {
  expectedOf,
  isAnotherSale,
  isFarFromAll,
  statusAfter,
  statusBefore,
  type Expected,
} from '../../test/lambdas/domain/conversion/naive-model';

/** A row of a key: the claims that it is the fold of. */
interface Row {
  readonly claims: readonly Claim[];
  readonly state: Expected;
}

/**
 * All rows of a key by the naive model: the one of the key, and those that count separately. A reversal is about one of them: the one that
 * holds it already, else one that is over and alone has its amount, else of the approved ones with money, the oldest first, the one of its amount,
 * then one that has as much, then any. Another change of status is about the one of its amount, else the oldest on hold.
 */
export class KeyRows {
  private readonly key: NaiveKey;
  private readonly separate: Claim[][] = [];
  private readonly reversedInKey: Claim[] = [];

  constructor(private readonly hasTransaction: boolean) {
    this.key = new NaiveKey(hasTransaction);
  }

  get expected(): readonly Expected[] {
    const { expected } = this.key;
    return [...(expected === undefined ? [] : [expected]), ...this.separate.map(expectedOf)];
  }

  take(claim: Claim): void {
    if (claim.reversal !== undefined) return this.reverse(claim);
    const changed = this.changedBy(claim);
    if (changed !== undefined) {
      changed.push(claim);
      return;
    }
    const before = this.key.expectedRows.length;
    this.key.take(claim);
    if (this.key.expectedRows.length > before) this.separate.push(this.withReversal(this.key.newestRow));
  }

  /** The separate row whose status a claim changes; `undefined` where it is another sale, or about the row of the key. */
  private changedBy(claim: Claim): Claim[] | undefined {
    const { mode, status, timeGiven } = claim;
    const isSeparate = mode.startsWith('separate') || (mode === 'ignore-by-transaction' && !this.hasTransaction);
    if (!isSeparate || status === undefined || this.separate.length === 0) return undefined;
    if (status === 'pending' && !timeGiven) return undefined;
    const rows = [this.key.ofKey, ...this.oldestFirst()].filter((claims) => this.isChanged(claims, claim));
    const states = rows.map((claims) => ({ claims, state: expectedOf(claims) }));
    const { amount, currency } = claim;
    const ofAmount = states.find(
      ({ state }) =>
        state.amount !== undefined && amount === state.amount && (currency ?? state.currency) === state.currency,
    );
    const onHold = states.filter(({ claims }) => statusBefore(claims, claim) === 'pending');
    const open = onHold.find(({ state }) => amount === undefined || !state.amountNamed);
    return this.separate.find((claims) => claims === (ofAmount ?? open)?.claims);
  }

  private isChanged(row: readonly Claim[], claim: Claim): boolean {
    const [before, after] = [statusBefore(row, claim), statusAfter(row, claim)];
    if (claim.status === after) return false;
    if (claim.status === 'approved') return before === 'pending';
    if (before === undefined) return isNext(claim.status, after);
    const isRenewal = claim.renewal === true && !this.hasTransaction && before !== 'pending';
    return isNext(before, claim.status) && !(isRenewal && claim.status === 'rejected' && isFarFromAll(row, claim));
  }

  private oldestFirst(): Claim[][] {
    return this.separate.toSorted(([left], [right]) => (left?.receivedAt ?? 0) - (right?.receivedAt ?? 0));
  }

  /**
   * A new row, with the reversals that it takes over: from a row without an amount all that it holds, from one with less than a reversal
   * names the one of the very amount.
   */
  private withReversal(claims: readonly Claim[]): Claim[] {
    const row = [...claims];
    const { expected } = this.key;
    if (expected !== undefined) {
      for (const reversal of misplaced(this.reversedInKey, expected, row)) {
        this.reversedInKey.splice(this.reversedInKey.indexOf(reversal), 1);
        this.key.forget(reversal);
        row.push(reversal);
      }
    }
    for (const other of this.separate) {
      const reversals = other.filter(({ reversal }) => reversal !== undefined);
      for (const reversal of misplaced(reversals, expectedOf(other), row)) {
        other.splice(other.indexOf(reversal), 1);
        row.push(reversal);
      }
    }
    return row;
  }

  private reverse(reversal: Claim): void {
    const row = this.rowOf(reversal);
    if (row === undefined) {
      this.reversedInKey.push(reversal);
      this.key.take(reversal);
    } else row.push(reversal);
  }

  /** The separate row that a reversal is about; `undefined` for the row of the key. */
  private rowOf(reversal: Claim): Claim[] | undefined {
    const isSame = ({ statement }: Claim): boolean => statement === reversal.statement;
    if (this.separate.length === 0 || this.reversedInKey.some(isSame)) return undefined;
    const oldestFirst = this.oldestFirst();
    const holding = oldestFirst.find((claims) => claims.some(isSame));
    if (holding !== undefined) return holding;
    const { expected } = this.key;
    const rows: Row[] = [
      ...(expected === undefined ? [] : [{ claims: [], state: expected }]),
      ...oldestFirst.map((claims) => ({ claims, state: expectedOf(claims) })),
    ];
    const withMoney = rows.filter(({ state }) => !isNothing(state.amount));
    const candidates = withMoney.length > 0 ? withMoney : rows;
    const approved = candidates.filter(({ state }) => state.status === 'approved');
    const over = overOf(candidates, reversal);
    const meant = over ?? likeliest(approved.length > 0 ? approved : candidates, reversal);
    return oldestFirst.find((claims) => claims === meant?.claims);
  }
}

/** Returns the reversals of one row that are about a new one. */
function misplaced(reversals: readonly Claim[], holder: Expected, row: readonly Claim[]): readonly Claim[] {
  const [sale] = row;
  const fresh = expectedOf(row);
  const isSale = fresh.status === 'approved' && !isNothing(fresh.amount);
  if (sale === undefined || !isSale || row.some(({ reversal }) => reversal !== undefined)) return [];
  const met = reversals.filter((reversal) => !isAnotherSale(sale, reversal));
  if (isNothing(holder.amount)) return met;
  const exact = met.find(
    ({ reversal, amount, currency }) =>
      reversal === 'partial' &&
      amount !== undefined &&
      amount === fresh.amount &&
      (currency === undefined || (currency === fresh.currency && currency === holder.currency)) &&
      millionthsOf(amount) > millionthsOf(holder.amount ?? '0'),
  );
  return exact === undefined ? [] : [exact];
}

const isNothing = (amount: string | undefined): boolean => amount === undefined || millionthsOf(amount) === 0;

const isNext = (from: string | undefined, to: string | undefined): boolean =>
  ['pending>approved', 'pending>rejected', 'approved>rejected', 'rejected>approved', 'reversed>approved'].includes(
    `${from}>${to}`,
  );

/** The row that has the very amount and was rejected or reversed, where no approved one has it. */
function overOf(rows: readonly Row[], { amount, currency }: Claim): Row | undefined {
  const exact = rows.filter(
    ({ state }) => amount !== undefined && state.amount === amount && (currency ?? state.currency) === state.currency,
  );
  if (exact.some(({ state }) => state.status === 'approved')) return undefined;
  return exact.find(({ state }) => state.status !== 'pending');
}

function likeliest(rows: readonly Row[], { amount, currency }: Claim): Row | undefined {
  if (amount === undefined) return rows[0];
  const left = ({ state }: Row): number | undefined => {
    if (state.amount === undefined || (currency !== undefined && state.currency !== currency)) return undefined;
    return millionthsOf(state.amount) - millionthsOf(amount);
  };
  return rows.find((row) => left(row) === 0) ?? rows.find((row) => (left(row) ?? -1) > 0) ?? rows[0];
}

/** Amounts of the proof are small enough to be exact. */
const millionthsOf = (amount: string): number => Math.round(Number(amount) * 1_000_000);
