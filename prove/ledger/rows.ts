import type { Claim } from '../../lambdas/domain/request/claim';
import { NaiveKey } from '../../test/lambdas/domain/conversion/naive-key';
import {
  areLinked,
  expectedOf,
  isAnotherSale,
  isFarFromAll,
  runsOf,
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
  /** Whether a reversal may be about a sale that is still to come: sales look for it from then on. */
  private isSought = false;

  constructor(private readonly hasTransaction: boolean) {
    this.key = new NaiveKey(hasTransaction);
  }

  get expected(): readonly Expected[] {
    const { expected } = this.key;
    return [...(expected === undefined ? [] : [expected]), ...this.separate.map(expectedOf)];
  }

  take(claim: Claim): void {
    if (claim.reversal !== undefined) return this.reverse(claim);
    const looksAround = this.isSought || this.mayMeanOther(claim);
    const changed = this.changedBy(claim);
    if (changed !== undefined) {
      changed.push(claim);
      if (looksAround) this.moveReversals(changed, claim);
      return;
    }
    const rowsBefore = this.key.expectedRows.length;
    const claimsBefore = this.key.ofKey.length;
    this.key.take(claim);
    const isNewRow = this.key.expectedRows.length > rowsBefore;
    const row = isNewRow ? [...this.key.newestRow] : undefined;
    if (row !== undefined) this.separate.push(row);
    const isWritten = row !== undefined || this.key.ofKey.length > claimsBefore;
    if (isWritten && looksAround) this.moveReversals(row, claim);
  }

  /** Whether a sender may say what became of another row than the one of its key: all rows are looked at then. */
  private mayMeanOther({ status, amount, fallback, mode, timeGiven }: Claim): boolean {
    if (status === 'rejected') return true;
    if (status === 'approved' && amount === undefined && fallback.amount === undefined) return true;
    if (!this.hasRowsApart(mode)) return false;
    if (status === 'pending') return timeGiven;
    return status === 'approved' && this.hasBegunOnHold();
  }

  /** Whether rows count separately by this mode, and some do. */
  private hasRowsApart(mode: Claim['mode']): boolean {
    const isSeparate = mode.startsWith('separate') || (mode === 'ignore-by-transaction' && !this.hasTransaction);
    return isSeparate && this.separate.length > 0;
  }

  private hasBegunOnHold(): boolean {
    return this.separate.some(([sale]) => (sale?.status ?? sale?.fallback.status) === 'pending');
  }

  /** The separate row whose status a claim changes; `undefined` where it is another sale, or about the row of the key. */
  private changedBy(claim: Claim): Claim[] | undefined {
    const { mode, status, timeGiven } = claim;
    if (status === undefined || !this.hasRowsApart(mode)) return undefined;
    if (status === 'pending' && !timeGiven) return undefined;
    if (status === 'approved' && !this.hasBegunOnHold()) return undefined;
    const isSending = (one: Claim): boolean => one.requestId === claim.requestId || areLinked(one, claim);
    const holding = this.separate.find(([, ...changes]) => changes.some(isSending));
    if (holding !== undefined) return holding;
    if (this.key.knows(isSending)) return undefined;
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

  /** The row of the key, which is absent in this list, and the others. */
  private allRows(): (Claim[] | undefined)[] {
    return [undefined, ...this.oldestFirst()];
  }

  private oldestFirst(): Claim[][] {
    return this.separate.toSorted(([left], [right]) => (left?.receivedAt ?? 0) - (right?.receivedAt ?? 0));
  }

  /**
   * A row takes over the reversals that it shows to be about it: from a row without an amount all, from one with less than a reversal
   * names those that name the very amount, as long as they take something.
   * @param receiver a row that counts separately; absent for the row of the key
   */
  private moveReversals(receiver: Claim[] | undefined, sale: Claim): void {
    const shown = expectedOf(receiver ?? this.key.ofKey);
    if (shown.status !== 'approved' || isNothing(shown.amount)) return;
    const holders = this.allRows().filter((row) => row !== receiver);
    for (const holder of holders) {
      const held = holder ?? this.reversedInKey;
      const state = expectedOf(holder ?? this.key.ofKey);
      for (const reversal of firstSendings(held.filter((one) => one.reversal !== undefined))) {
        if (isAnotherSale(sale, reversal) || !this.takesFrom(receiver, reversal)) continue;
        if (!isNothing(state.amount) && !isOfAmount(reversal, shown, state)) continue;
        this.transfer(reversal, holder, receiver);
      }
    }
  }

  /** Moves a reversal with its sendings; absent rows are the one of the key. */
  private transfer(reversal: Claim, holder: Claim[] | undefined, receiver: Claim[] | undefined): void {
    const held = holder ?? this.reversedInKey;
    for (const one of runsOf(held).find((sendings) => sendings.includes(reversal)) ?? []) {
      held.splice(held.indexOf(one), 1);
      if (holder === undefined) this.key.forget(one);
      if (receiver === undefined) {
        this.reversedInKey.push(one);
        this.key.take(one);
      } else receiver.push(one);
    }
  }

  /** A reversal that is sent again moves to the sale that did not see it. */
  private handOver(holder: Claim[] | undefined, reversal: Claim): boolean {
    const state = expectedOf(holder ?? this.key.ofKey);
    if (!isMoreThan(state, reversal)) return false;
    const others = this.allRows().filter((row) => row !== holder);
    const rows = others.flatMap((row): { row: Claim[] | undefined; claims: readonly Claim[]; state: Expected }[] => {
      const claims = row ?? this.key.ofKey;
      const sale = claims.find((one) => one.reversal === undefined);
      if (sale === undefined || isAnotherSale(sale, reversal)) return [];
      const shown = expectedOf(claims);
      if (shown.status !== 'approved' || isNothing(shown.amount)) return [];
      return isNothing(state.amount) || isOfAmount(reversal, shown, state) ? [{ row, claims, state: shown }] : [];
    });
    const own = likeliest(rows, reversal);
    const meant = rows.find((one) => one === own);
    if (meant === undefined || !this.takesFrom(meant.row, reversal)) return false;
    this.transfer(reversal, holder, meant.row);
    return true;
  }

  /** A reversal that would take nothing stays where it is. */
  private takesFrom(receiver: readonly Claim[] | undefined, reversal: Claim): boolean {
    const claims = receiver ?? this.key.ofKey;
    return JSON.stringify(expectedOf(claims)) !== JSON.stringify(expectedOf([...claims, reversal]));
  }

  private reverse(reversal: Claim): void {
    const row = this.rowOf(reversal);
    const state = row === undefined ? this.key.expected : expectedOf(row);
    const same = (row ?? this.reversedInKey).filter(({ statement }) => statement === reversal.statement);
    if (same[0] !== undefined && this.handOver(row, same[0])) return;
    const isFirst = !same.some((one) => areLinked(one, reversal));
    if (isFirst && (state === undefined || isMoreThan(state, reversal))) this.isSought = true;
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

/** One of the sendings of each reversal. */
function firstSendings(reversals: readonly Claim[]): readonly Claim[] {
  return reversals.filter((one, at) => !reversals.slice(0, at).some((earlier) => areLinked(earlier, one)));
}

/** Whether a reversal takes back more than a conversion has; what has no amount has less than any. */
function isMoreThan({ amount: held, currency: heldIn }: Expected, { amount, currency }: Claim): boolean {
  if (isNothing(held)) return true;
  return (currency ?? heldIn) === heldIn && amount !== undefined && millionthsOf(amount) > millionthsOf(held ?? '0');
}

/** Whether a reversal names the very amount of a sale, and more than the row has that holds it. */
function isOfAmount({ reversal, amount, currency }: Claim, sale: Expected, holder: Expected): boolean {
  if (reversal !== 'partial' || amount === undefined || amount !== sale.amount) return false;
  if (currency !== undefined && (currency !== sale.currency || currency !== holder.currency)) return false;
  return millionthsOf(amount) > millionthsOf(holder.amount ?? '0');
}

const isNothing = (amount: string | undefined): boolean => amount === undefined || millionthsOf(amount) === 0;

const isNext = (from: string | undefined, to: string | undefined): boolean =>
  ['pending>approved', 'pending>rejected', 'approved>rejected', 'rejected>approved', 'reversed>approved'].includes(
    `${from}>${to}`,
  );

/** The row that has the very amount and was rejected or reversed, where no approved one has it. */
function overOf(rows: readonly Row[], { amount, currency }: Claim): Row | undefined {
  const exact = rows.filter(
    ({ state }) =>
      amount !== undefined &&
      !isNothing(amount) &&
      state.amount === amount &&
      (currency ?? state.currency) === state.currency,
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
