import type { Claim } from '../../../../lambdas/domain/request/claim';
import {
  areLinked,
  changesSale,
  compare,
  countedOf,
  expectedOf,
  inOrder,
  isFarFromAll,
  isNothingYet,
  isStatusAround,
  namesOtherPrice,
  requestsOf,
  runsOf,
  statusAfter,
  statusBefore,
  type Expected,
} from './naive-model';

/** One key: every request about its row, and the sendings of each row that counts separately. */
export class NaiveKey {
  private claims: Claim[] = [];
  /** The sale of each row with what changed it, and further sendings of the two. */
  private rows: { readonly claims: Claim[]; readonly sendings: Claim[] }[] = [];

  constructor(private readonly hasTransaction: boolean) {}

  get expected(): Expected | undefined {
    return this.claims.length === 0 ? undefined : expectedOf(this.claims);
  }

  get expectedRows(): readonly Expected[] {
    return this.rows.map(({ claims }) => expectedOf(claims));
  }

  /** The claims of the row that came last. */
  get newestRow(): readonly Claim[] {
    return this.rows.at(-1)?.claims ?? [];
  }

  /** The claims of the row of the key. */
  get ofKey(): readonly Claim[] {
    return this.claims;
  }

  /** Whether a request is among those of the row of the key, or a sending of a row that counts separately. */
  knows(isRequest: (one: Claim) => boolean): boolean {
    return this.claims.some(isRequest) || this.rows.some(({ sendings }) => sendings.some(isRequest));
  }

  take(claim: Claim): void {
    const isKnown = ({ requestId }: Claim): boolean => requestId === claim.requestId;
    const isSending = (other: Claim): boolean => areLinked(other, claim);
    const known = this.claims.find(isKnown);
    const row =
      this.rows.find(({ sendings }) => sendings.some(isKnown)) ??
      this.rows.find(({ sendings }) => sendings.some(isSending));
    if (known !== undefined) this.claims.push({ ...claim, requestId: known.requestId, statement: known.statement });
    else if (row?.sendings.some(isKnown) === true) return;
    else if (this.claims.some(isSending)) this.claims.push(claim);
    else if (row !== undefined) row.sendings.push(claim);
    else if (this.countsSeparately(claim)) this.begin(claim);
    else if (!this.canNeverMatter(claim)) this.claims.push(claim);
  }

  /** A row of its own, with the change of status that the key took for its own and that has the amount of this sale. */
  private begin(sale: Claim): void {
    const runs = runsOf(requestsOf(this.claims));
    const [begun, ...later] = inOrder(runs.map(countedOf).filter(({ reversal }) => reversal === undefined));
    const change = later.find(
      (claim) =>
        begun !== undefined &&
        this.isSeparate(claim) &&
        claim.reinstates === undefined &&
        claim.status !== undefined &&
        !isNothingYet(claim) &&
        namesOtherPrice(this.claims, claim) &&
        changesSale(sale, claim),
    );
    const run = this.claims.filter((claim) =>
      runs.some(
        (one) =>
          one.some(({ requestId }) => requestId === change?.requestId) &&
          one.some(({ requestId }) => requestId === claim.requestId),
      ),
    );
    this.claims = this.claims.filter((claim) => !run.includes(claim));
    this.rows.push({ claims: [sale, ...run], sendings: [sale, ...run] });
  }

  /** A request turned out to be about another row. */
  forget({ requestId }: Claim): void {
    this.claims = this.claims.filter((claim) => claim.requestId !== requestId);
  }

  /** It names nothing but `pending`, after another claim: it is not kept, and not known when it is sent again. */
  private canNeverMatter(claim: Claim): boolean {
    const { status = 'pending', amount, currency, reversal, refundedInAll } = claim;
    if (this.isSeparate(claim) || refundedInAll !== undefined) return false;
    if (status !== 'pending' || amount !== undefined || currency !== undefined || reversal !== undefined) return false;
    // A replay may have read more of an earlier request, which then counts at another place.
    const counted = runsOf(requestsOf(this.claims)).map(countedOf);
    return counted.some((other) => other.reversal === undefined && compare(other, claim) < 0);
  }

  private isSeparate({ mode }: Claim): boolean {
    return mode.startsWith('separate') || (mode === 'ignore-by-transaction' && !this.hasTransaction);
  }

  private countsSeparately(claim: Claim): boolean {
    const { reversal, status } = claim;
    const isSold = this.claims.some((one) => one.reversal === undefined);
    return (
      this.isSeparate(claim) &&
      reversal === undefined &&
      claim.reinstates === undefined &&
      isSold &&
      !this.isOneSale(claim) &&
      (status === undefined ||
        isStatusAround(this.claims, claim) ||
        this.isNextRenewal(claim) ||
        this.isNextSale(claim) ||
        this.isOtherHold(claim))
    );
  }

  /** Approved with another amount after the end of the sale before. */
  private isNextSale(claim: Claim): boolean {
    const isOver = ['reversed', 'rejected'].includes(statusBefore(this.claims, claim) ?? '');
    return isOver && claim.status === 'approved' && namesOtherPrice(this.claims, claim);
  }

  /** On hold after the end of a sale with another amount, or sold before the hold of another amount: no transaction makes them one. */
  private isOtherHold(claim: Claim): boolean {
    if (this.hasTransaction || isNothingYet(claim) || !namesOtherPrice(this.claims, claim)) return false;
    const before = statusBefore(this.claims, claim);
    if (before === undefined) return claim.status !== 'pending' && statusAfter(this.claims, claim) === 'pending';
    return claim.status === 'pending' && before !== 'pending';
  }

  /** The first amount of a transaction says what its first claim was worth, whichever of the two arrives first. */
  private isOneSale(claim: Claim): boolean {
    if (!this.hasTransaction) return false;
    const others = runsOf(requestsOf(this.claims))
      .map(countedOf)
      .filter(({ reversal }) => reversal === undefined);
    const isPriced = (one: Claim): boolean =>
      one.amount !== undefined && !one.amount.startsWith('-') && !isNothingYet(one);
    const isBefore = (other: Claim): boolean => compare(other, claim) < 0;
    if (others.some(isBefore)) return isPriced(claim) && !others.filter(isBefore).some(isPriced);
    const next = others.find((one) => others.every((other) => other === one || compare(one, other) < 0));
    return !isPriced(claim) && next !== undefined && isPriced(next);
  }

  /** Its payment failed, is on hold, or was made with its own amount: nothing is said about the renewals before. */
  private isNextRenewal(claim: Claim): boolean {
    if (claim.renewal === undefined || this.hasTransaction) return false;
    const { status, amount = claim.fallback.amount } = claim;
    const isPaid = status === 'approved' && amount !== undefined && !amount.startsWith('-');
    if (!isPaid && status !== 'rejected' && status !== 'pending') return false;
    return statusBefore(this.claims, claim) !== 'pending' && isFarFromAll(this.claims, claim);
  }
}
