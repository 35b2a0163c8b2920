import type { DuplicateMode } from '../../lambdas/domain/values/duplicate-mode';

/** The state of a conversion, as an answer or the admin API shows it. */
export interface ShownState {
  readonly status: string;
  /** Absent where no amount is known. */
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
}

/** The answer that a sender got to one request. */
export type ReceivedAnswer =
  /** A verdict of ours. */
  | {
      readonly kind: 'verdict';
      readonly status: number;
      readonly result: string;
      readonly reason: string;
      readonly requestId: string;
      /** The stored state that the answer names. */
      readonly conversion?: ShownState;
    }
  /** Something else, or nothing: whether it was stored cannot be known from it. */
  | { readonly kind: 'unknown'; readonly what: string };

/** The fields of a claim; an omitted field is absent. */
export interface SentContent {
  readonly status?: string;
  readonly amount?: string;
  readonly currency?: string;
  /** The time that the sender gives, in milliseconds since 1970. */
  readonly happenedAt?: number;
}

/** The configuration under which a postback was received. */
export interface Rules {
  readonly mode: DuplicateMode;
  /** The currency of the integration. */
  readonly currency: string;
  /** The payout of the campaign. */
  readonly payout?: { readonly amount: string; readonly currency: string } | undefined;
}

/** One postback, with the results of all its tries. */
export interface LedgerPostback {
  readonly clickId: string;
  readonly transactionId?: string | undefined;
  readonly content: SentContent;
  readonly rules: Rules;
  /** The bytes that were sent: the same ones again are the sender's own retry. */
  readonly statement: string;
  /** Its place in a batch. */
  readonly row?: number;
  /** The start of its first try and the end of its last, on the stack's clock. Milliseconds since 1970. */
  readonly sentAt: number;
  readonly settledAt: number;
  /** It came from an integration that the conversion is no business of: it must be rejected and change nothing. */
  readonly isForeign?: true;
  readonly answers: readonly ReceivedAnswer[];
}

/** A conversion as the admin API shows it, as far as it matters here. */
export interface StoredConversion extends ShownState {
  readonly clickId: string;
  readonly transactionId?: string | undefined;
  readonly history: readonly {
    readonly requestId: string;
    readonly amount?: string | undefined;
    readonly reason: string;
    /** By how much this changed what is payable, in each currency. */
    readonly deltas: Readonly<Record<string, string>>;
  }[];
}

/** The verdict that the postback log holds for a request. */
export interface LoggedVerdict {
  readonly result: string;
  readonly reason: string;
}

/** Everything that is known when the queues have drained. */
export interface Ledger {
  readonly postbacks: readonly LedgerPostback[];
  readonly conversions: readonly StoredConversion[];
  readonly log: ReadonlyMap<string, LoggedVerdict>;
  /** Request IDs of the postbacks that lie in the retry queue, and in the dead letter queue. */
  readonly queued: ReadonlySet<string>;
  readonly deadLettered: ReadonlySet<string>;
  readonly allowances: Allowances;
}

/** Losses that two simultaneous faults may cause and no single one may. A scenario must allow them. */
export interface Allowances {
  /** A 503 may be about what was kept: the table fails, and the queue takes a message and its answer is lost. */
  readonly uncertainErrors?: boolean | undefined;
  /** A log row may be missing or one step behind: neither table nor queue takes it, and it is counted as lost. */
  readonly lostLogRows?: boolean | undefined;
}

/** Something that must not be. */
export interface Finding {
  readonly kind: 'lost' | 'duplicated' | 'stored wrong' | 'reported wrong';
  readonly what: string;
}

/** In the manner of Jepsen's total-queue checker; counted in postbacks, but the last three in conversions. */
export interface LedgerTally {
  readonly attempted: number;
  readonly acknowledged: number;
  /** Acknowledged, and part of what its conversion has come to. */
  readonly stored: number;
  readonly queued: number;
  readonly deadLettered: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly storedWrong: number;
  readonly reportedWrong: number;
}

export interface Reconciliation {
  readonly tally: LedgerTally;
  readonly findings: readonly Finding[];
  /** Log rows of a conversion that no history has: those of killed functions, in no answer. */
  readonly orphanedRows: number;
}

export type VerdictAnswer = Extract<ReceivedAnswer, { kind: 'verdict' }>;

export function verdictsOf({ answers }: LedgerPostback): readonly VerdictAnswer[] {
  return answers.filter((answer) => answer.kind === 'verdict');
}

export function requestIdsOf(postback: LedgerPostback): readonly string[] {
  return verdictsOf(postback).map(({ requestId }) => requestId);
}

export function isAcknowledged(postback: LedgerPostback): boolean {
  return verdictsOf(postback).some(({ status }) => status >= 200 && status < 300);
}

/** A claim that is rejected for the state of its conversion stays in the history: it counts where the missing step arrives. */
const keptReasons: readonly string[] = ['TRANSITION_REFUSED', 'CURRENCY_INVALID', 'AMOUNT_INVALID'];

/** Whether the answers say that the postback is kept. */
export function isKept(postback: LedgerPostback): boolean {
  return isAcknowledged(postback) || verdictsOf(postback).some(({ reason }) => keptReasons.includes(reason));
}

export function ledgerKey({
  clickId,
  transactionId,
}: {
  readonly clickId: string;
  readonly transactionId?: string | undefined;
}): string {
  return `${clickId}#${transactionId ?? ''}`;
}
