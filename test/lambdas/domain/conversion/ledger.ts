import { applyClaim, type Applied } from '../../../../lambdas/domain/conversion/apply';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { Conversion, ConversionSubject } from '../../../../lambdas/domain/conversion/conversion';
import { type ConversionState, addDeltas, type Deltas } from '../../../../lambdas/domain/conversion/payable';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { erasedConversion, requestsOf } from '../../../../lambdas/domain/conversion/erasure';
import type { ConversionStatus } from '../../../../lambdas/domain/values/status';
import type { RequestId } from '../../../../lambdas/domain/values/request-id';
import { amount as amountOf, clickId, currency as currencyOf, now, requestId } from '../support/factories';

export interface Said {
  readonly status?: ConversionStatus;
  readonly amount?: string;
  readonly currency?: string;
  /** The time that the sender named, in seconds from the tests' present. */
  readonly at?: number;
  /** What makes two requests one statement; each is its own where nothing is given. */
  readonly bytes?: string;
  /** The payout of the event, and the currency of the integration. */
  readonly payout?: string;
  readonly home?: string;
  readonly reversal?: 'partial' | 'whole';
  readonly amountInAll?: true;
  readonly refundedInAll?: string;
  readonly wholeDay?: true;
  readonly reinstates?: true;
  readonly sequence?: { readonly batch: string; readonly row: number };
}

export const retryHours = 48;

/** What is shown of a row, and counted. */
export function stateOf(stored: Conversion | undefined): ConversionState | undefined {
  if (stored === undefined) return undefined;
  const { status, amount, currency, amountNamed } = stored;
  return { status, amountNamed, ...(amount !== undefined && { amount }), ...(currency !== undefined && { currency }) };
}

let counter = 0;

/** What a postback said that came so many seconds after the tests' present. Its status creates as `approved` where it names none. */
export function claim(said: Said, mode: DuplicateMode, receivedSeconds: number): Claim {
  counter += 1;
  const receivedAt = now + Math.round(receivedSeconds * 1000);
  const reversal = said.reversal ?? (said.status === 'reversed' ? 'partial' : undefined);
  const home = said.home === undefined ? undefined : currencyOf(said.home);
  return {
    requestId: requestId(counter, receivedAt),
    receivedAt,
    eventTime: said.at === undefined ? receivedAt : now + said.at * 1000,
    timeGiven: said.at !== undefined,
    statement: said.bytes ?? `request ${counter}`,
    retryHours,
    ...(said.sequence !== undefined && { sequence: said.sequence }),
    ...(said.status !== undefined && { status: said.status }),
    ...(said.amount !== undefined && { amount: amountOf(said.amount) }),
    ...(said.currency !== undefined && { currency: currencyOf(said.currency) }),
    ...(said.amountInAll === true && { amountInAll: said.amountInAll }),
    ...(said.refundedInAll !== undefined && { refundedInAll: amountOf(said.refundedInAll) }),
    ...(said.wholeDay === true && { wholeDay: said.wholeDay }),
    ...(said.reinstates === true && { reinstates: said.reinstates }),
    fallback: {
      status: 'approved',
      ...(said.payout !== undefined && { amount: amountOf(said.payout) }),
      ...(home !== undefined && { currency: home }),
    },
    ...(home !== undefined && { homeCurrency: home }),
    mode,
    ...(reversal !== undefined && { reversal }),
  };
}

/** One key as the table keeps it, without a table: its row, the rows that count separately, and what came of each claim. */
export class Ledger {
  stored: Conversion | undefined;
  readonly repeats: Conversion[] = [];
  readonly outcomes: Applied[] = [];
  readonly subject: ConversionSubject;

  constructor(
    public mode: DuplicateMode,
    transactionId?: string,
  ) {
    this.subject = {
      clickId: clickId(),
      event: 'sale',
      ...(transactionId !== undefined && { transactionId }),
      campaign: 'spring',
      integration: 'acme',
      test: false,
    };
  }

  get state(): readonly (string | undefined)[] {
    return [this.stored?.status, this.stored?.amount, this.stored?.currency];
  }

  get reasons(): readonly Applied['reason'][] {
    return this.outcomes.map(({ reason }) => reason);
  }

  /** The deltas of the history in one sum per currency. */
  get delta(): Deltas {
    return addDeltas(...(this.stored?.history ?? []).map(({ deltas }) => deltas));
  }

  /** Takes what came so many seconds after the tests' present. */
  say(said: Said, receivedSeconds = this.outcomes.length): Applied {
    return this.take(claim(said, this.mode, receivedSeconds));
  }

  take(taken: Claim): Applied {
    const applied = applyClaim(this.stored, this.subject, taken);
    this.write(applied);
    this.outcomes.push(applied);
    return applied;
  }

  /** Whether the row knows a request by its ID. */
  knows(id: RequestId): boolean {
    return this.stored !== undefined && requestsOf(this.stored).includes(id);
  }

  erase(): void {
    this.stored = this.stored && (erasedConversion(this.stored) ?? this.stored);
  }

  /** The two conditions that the table writes under: a new row, or one version after the row that was read. */
  private write({ next, repeat }: Applied): void {
    if (next !== undefined && next.version !== (this.stored?.version ?? 0) + 1) {
      throw new Error(`version ${next.version} cannot be written over ${this.stored?.version ?? 'nothing'}`);
    }
    if (repeat !== undefined && this.repeats.some(({ conversionKey }) => conversionKey === repeat.conversionKey)) {
      throw new Error(`${repeat.conversionKey} would be written twice`);
    }
    this.stored = next ?? this.stored;
    if (repeat !== undefined) this.repeats.push(repeat);
  }
}
