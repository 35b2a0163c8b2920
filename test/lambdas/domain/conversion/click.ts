import {
  type Conversion,
  type ConversionSubject,
  conversionKeyOf,
} from '../../../../lambdas/domain/conversion/conversion';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { mayChangeRow } from '../../../../lambdas/domain/conversion/changed-row';
import { isAboutRenewal } from '../../../../lambdas/domain/conversion/renewals';
import { awaitsSale } from '../../../../lambdas/domain/conversion/reversal';
import { mayMeanOther } from '../../../../lambdas/domain/conversion/status-alone';
import { settleAmong, settleByKey, type Settlement } from '../../../../lambdas/domain/conversion/settlement';
import { clickId } from '../support/factories';
import { claim, type Said } from './ledger';

export interface SaidOfClick extends Said {
  readonly event?: string;
  readonly transactionId?: string;
  readonly anyEvent?: true;
  readonly renewal?: true;
}

/** The conversions of one click, without a table: the rows of its keys, and whether a reversal waits among them. */
export class Click {
  readonly rows = new Map<string, Conversion>();
  private isMarked = false;
  private received = 0;

  constructor(readonly mode: DuplicateMode = 'ignore') {}

  get conversions(): readonly Conversion[] {
    return [...this.rows.values()];
  }

  /** Status and amount of a key, such as `sale#T1`. */
  at(key: string): readonly (string | undefined)[] {
    const row = this.rows.get(key);
    return [row?.status, row?.amount];
  }

  say(said: SaidOfClick): Extract<Settlement, { readonly outcome: 'settled' }> {
    this.received += 1;
    return this.take(said, this.claimOf(said, this.received));
  }

  /** A sale that read its click before that was marked: it looks at the row of its key alone. */
  hasty(said: SaidOfClick, receivedSeconds = (this.received += 1)): void {
    const isMarked = this.isMarked;
    this.isMarked = false;
    this.take(said, this.claimOf(said, receivedSeconds));
    this.isMarked = isMarked;
  }

  claimOf({ anyEvent, renewal, ...said }: SaidOfClick, receivedSeconds: number): Claim {
    return {
      ...claim(said, this.mode, receivedSeconds),
      ...(anyEvent !== undefined && { anyEvent }),
      ...(renewal !== undefined && { renewal }),
    };
  }

  take(
    { event = 'sale', transactionId }: SaidOfClick,
    taken: Claim,
  ): Extract<Settlement, { readonly outcome: 'settled' }> {
    const subject: ConversionSubject = {
      clickId: clickId(),
      event,
      ...(transactionId !== undefined && { transactionId }),
      campaign: 'spring',
      integration: 'acme',
      test: false,
    };
    const existing = this.rows.get(conversionKeyOf(subject));
    const isAmong =
      taken.reversal !== undefined || this.isMarked || isAboutRenewal(taken, subject) || mayMeanOther(taken, subject);
    const settlement =
      isAmong || mayChangeRow(existing, taken)
        ? settleAmong(this.conversions, subject, taken, true)
        : settleByKey(existing, subject, taken, true);
    if (settlement.outcome !== 'settled') throw new Error(`a claim of the same integration was ${settlement.outcome}`);
    if (settlement.notes.some(({ code }) => awaitsSale(code))) this.isMarked = true;
    for (const row of settlement.writes) this.write(row);
    return settlement;
  }

  private write(row: Conversion): void {
    const before = this.rows.get(row.conversionKey)?.version ?? 0;
    if (row.version !== before + 1) throw new Error(`version ${row.version} cannot be written over ${before}`);
    this.rows.set(row.conversionKey, row);
  }
}
