import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { conversionKeyOf } from '../../../../lambdas/domain/conversion/conversion';
import { decide, firstEntry, ownEntry, withRepeat } from '../../../../lambdas/domain/conversion/decision';
import type { DuplicateMode } from '../../../../lambdas/domain/conversion/duplicate-mode';
import type { Claim, EntryReason } from '../../../../lambdas/domain/conversion/history';
import { zero } from '../../../../lambdas/domain/conversion/amount';
import type { ConversionStatus } from '../../../../lambdas/domain/conversion/status';
import { amount, clickId, currency, now, requestId } from '../support/factories';

export interface Said {
  readonly status?: ConversionStatus;
  readonly amount?: string;
  readonly currency?: string;
  /** The time that the sender named, in seconds from the tests' present. */
  readonly at?: number;
  /** What makes two requests the same byte for byte; each is its own where nothing is said. */
  readonly bytes?: string;
}

let counter = 0;

/** What a postback said that came so many seconds after the tests' present; it pays 0 in no currency where it names nothing. */
export function claim(said: Said, mode: DuplicateMode, receivedSeconds: number): Claim {
  counter += 1;
  const receivedAt = now + receivedSeconds * 1000;
  return {
    requestId: requestId(counter, receivedAt),
    receivedAt,
    eventTime: said.at === undefined ? receivedAt : now + said.at * 1000,
    timeGiven: said.at !== undefined,
    fingerprint: said.bytes ?? `request ${counter}`,
    ...(said.status !== undefined && { status: said.status }),
    ...(said.amount !== undefined && { amount: amount(said.amount) }),
    ...(said.currency !== undefined && { currency: currency(said.currency) }),
    fallback: { status: 'approved', amount: said.amount === undefined ? zero : amount(said.amount) },
    mode,
  };
}

export interface Outcome {
  readonly reason: EntryReason;
  readonly historyFull: boolean;
}

/** One key as the table keeps it, without a table: what stands, what was counted apart, and what came of each claim. */
export class Ledger {
  stored: Conversion | undefined;
  readonly repeats: Conversion[] = [];
  readonly outcomes: Outcome[] = [];

  constructor(
    readonly mode: DuplicateMode,
    readonly transactionId?: string,
  ) {}

  get state(): readonly (string | undefined)[] {
    return [this.stored?.status, this.stored?.amount, this.stored?.currency];
  }

  get reasons(): readonly EntryReason[] {
    return this.outcomes.map(({ reason }) => reason);
  }

  /** Takes what came so many seconds after the tests' present. */
  say(said: Said, receivedSeconds = this.outcomes.length): Outcome {
    return this.take(claim(said, this.mode, receivedSeconds));
  }

  take(taken: Claim): Outcome {
    const outcome = this.settle(taken);
    this.outcomes.push(outcome);
    return outcome;
  }

  private settle(taken: Claim): Outcome {
    const { stored } = this;
    if (stored === undefined) {
      this.stored = this.first(taken, false);
      return { reason: 'OK', historyFull: false };
    }
    const own = ownEntry(stored, taken);
    if (own !== undefined) return { reason: own.reason, historyFull: false };
    if (stored.repeats?.some(({ requestId: marked }) => marked === taken.requestId) === true)
      return { reason: 'OK', historyFull: false };
    const { requestId: id, fingerprint, receivedAt } = taken;
    const base = { ...stored, version: stored.version + 1, changedAt: receivedAt };
    const decision = decide(stored, taken);
    switch (decision.action) {
      case 'none':
        return { reason: decision.reason, historyFull: decision.historyFull === true };
      case 'append':
        this.stored = { ...base, ...decision.state, history: decision.history };
        return { reason: decision.entry.reason, historyFull: false };
      case 'separate':
        this.stored = { ...base, repeats: withRepeat(base.repeats, { requestId: id, fingerprint, receivedAt }) };
        this.repeats.push({ ...this.first(taken, decision.flagged) });
        return { reason: 'OK', historyFull: false };
    }
  }

  private first(taken: Claim, repeated: boolean): Conversion {
    const { entry, state } = firstEntry(taken);
    const key = { event: 'sale', test: false, transactionId: this.transactionId };
    return {
      ...state,
      clickId: clickId(),
      conversionKey: conversionKeyOf(key),
      event: 'sale',
      ...(this.transactionId !== undefined && { transactionId: this.transactionId }),
      campaign: 'spring',
      integration: 'acme',
      test: false,
      repeated,
      version: 1,
      recordedAt: taken.receivedAt,
      changedAt: taken.receivedAt,
      history: [entry],
    };
  }
}
