import type { Claim } from '../../lambdas/domain/request/claim';
import { NaiveKey } from '../../test/lambdas/domain/conversion/naive-key';
import { expectedOf, isAnotherSale, type Expected } from '../../test/lambdas/domain/conversion/naive-model';

/** A row of a key: the claims that it is the fold of. */
interface Row {
  readonly claims: readonly Claim[];
  readonly state: Expected;
}

/**
 * All rows of a key by the naive model: the one of the key, and those that count separately. A reversal is about one of them: the one that
 * holds it already, else of the approved ones with money, the oldest first, the one of its amount, then one that has as much, then any.
 */
export class KeyRows {
  private readonly key: NaiveKey;
  private readonly separate: Claim[][] = [];
  private readonly reversedInKey: Claim[] = [];

  constructor(hasTransaction: boolean) {
    this.key = new NaiveKey(hasTransaction);
  }

  get expected(): readonly Expected[] {
    const { expected } = this.key;
    return [...(expected === undefined ? [] : [expected]), ...this.separate.map(expectedOf)];
  }

  take(claim: Claim): void {
    if (claim.reversal !== undefined) return this.reverse(claim);
    const before = this.key.expectedRows.length;
    this.key.take(claim);
    if (this.key.expectedRows.length > before) this.separate.push(this.withReversal(claim));
  }

  /**
   * A new row, with the reversals that it takes over: from a row without an amount all that it holds, from one with less than a reversal
   * names the one of the very amount.
   */
  private withReversal(sale: Claim): Claim[] {
    const row = [sale];
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
    const oldestFirst = this.separate.toSorted(([left], [right]) => (left?.receivedAt ?? 0) - (right?.receivedAt ?? 0));
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
    const meant = likeliest(approved.length > 0 ? approved : candidates, reversal);
    return oldestFirst.find((claims) => claims === meant?.claims);
  }
}

/** Of the reversals that one row holds, those that are about a new one. */
function misplaced(reversals: readonly Claim[], holder: Expected, row: readonly Claim[]): readonly Claim[] {
  const [sale] = row;
  const fresh = expectedOf(row.slice(0, 1));
  const isSale = fresh.status === 'approved' && !isNothing(fresh.amount);
  if (sale === undefined || !isSale || row.length > 1) return [];
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
