/** What a sender heard of one request. */
export type Heard =
  /** A verdict of ours. */
  | {
      readonly kind: 'verdict';
      readonly status: number;
      readonly result: string;
      readonly reason: string;
      readonly requestId: string;
      /** The amount that the answer says is stored. */
      readonly amount?: string;
    }
  /** Something else, or nothing: whether it was stored cannot be known from it. */
  | { readonly kind: 'unknown'; readonly what: string };

/** One postback, with everything that was heard in all its tries. */
export interface SentPostback {
  readonly clickId: string;
  readonly transactionId: string;
  readonly amount: string;
  readonly heard: readonly Heard[];
}

/** A conversion as the admin API shows it, as far as it matters here. */
export interface StoredConversion {
  readonly clickId: string;
  readonly transactionId?: string | undefined;
  readonly amount: string;
  readonly history: readonly {
    readonly requestId: string;
    readonly amount?: string | undefined;
    readonly reason: string;
    /** By how much this changed what the conversion is worth. */
    readonly delta: string;
  }[];
}

/** The verdict that the postback log holds for a request. */
export interface LoggedVerdict {
  readonly result: string;
  readonly reason: string;
}

/** Everything that is known when the queues have drained. */
export interface Ledger {
  readonly mode: 'ignore' | 'increment' | 'separate';
  readonly postbacks: readonly SentPostback[];
  readonly conversions: readonly StoredConversion[];
  readonly log: ReadonlyMap<string, LoggedVerdict>;
  /** Request IDs of the postbacks that lie in the retry queue, and in the dead letter queue. */
  readonly queued: ReadonlySet<string>;
  readonly deadLettered: ReadonlySet<string>;
  readonly allowances: Allowances;
}

/** What no single fault may cost, and two at once may. Nothing is allowed but where a scenario says so. */
export interface Allowances {
  /** A 503 may be about what was kept: the table fails, and the queue takes a message and its answer is lost. */
  readonly uncertainErrors?: boolean | undefined;
  /** A log row may be missing or one step behind: neither table nor queue takes it, and it is counted as lost. */
  readonly lostLogRows?: boolean | undefined;
}

/** Something that must not be. */
export interface Finding {
  readonly kind: 'lost' | 'duplicated' | 'told wrong';
  readonly what: string;
}

/** In the manner of Jepsen's total-queue checker; counted in postbacks, but the last two in conversions. */
export interface Tally {
  readonly attempted: number;
  readonly acknowledged: number;
  /** Acknowledged, and counted by a conversion. */
  readonly stored: number;
  readonly queued: number;
  readonly deadLettered: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly toldWrong: number;
}

export interface Reconciliation {
  readonly tally: Tally;
  readonly findings: readonly Finding[];
  /** Log rows that tell of a conversion which no history knows: those of killed functions, told to nobody. */
  readonly orphanedRows: number;
}

export function isAcknowledged({ heard }: SentPostback): boolean {
  return heard.some((answer) => answer.kind === 'verdict' && answer.status >= 200 && answer.status < 300);
}
