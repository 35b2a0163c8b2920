import type { Claim } from '../../../../lambdas/domain/request/claim';
import {
  conversionKeyOf,
  type Conversion,
  type ConversionSubject,
} from '../../../../lambdas/domain/conversion/conversion';
import { settleAmong, settleByKey, type Settlement } from '../../../../lambdas/domain/conversion/settlement';
import { claim, Ledger } from './ledger';

export const subjectOf = (fields: Partial<ConversionSubject> = {}): ConversionSubject => ({
  ...new Ledger('ignore').subject,
  transactionId: 'T1',
  ...fields,
});

/** The rows of a click, with senders that see them all, and one that sees the row of its key alone. */
export class Rows {
  readonly rows = new Map<string, Conversion>();
  private seconds = 0;

  get all(): readonly Conversion[] {
    return [...this.rows.values()];
  }

  at(key: string): string {
    const row = this.rows.get(key);
    return `${row?.status} ${row?.amount ?? 'none'}`;
  }

  saleOf(fields: Partial<ConversionSubject>, said: Parameters<typeof claim>[0] = { amount: '50' }): Settlement {
    return this.among(subjectOf(fields), this.claimOf(said));
  }

  /** It read its click before that was marked: it does not look for reversals. */
  hastySaleOf(fields: Partial<ConversionSubject>): Settlement {
    const subject = subjectOf(fields);
    const existing = this.rows.get(conversionKeyOf(subject));
    return this.write(settleByKey(existing, subject, this.claimOf({ amount: '50' }), true));
  }

  refundOf(fields: Partial<ConversionSubject>, said: Parameters<typeof claim>[0] = {}): Settlement {
    const { event = 'conversion' } = fields;
    const refund = this.claimOf({ status: 'reversed', ...said });
    return this.among(
      subjectOf({ ...fields, event }),
      fields.event === undefined ? { ...refund, anyEvent: true } : refund,
    );
  }

  /** Settles a claim, and goes on where one write does not take all the rows. */
  among(subject: ConversionSubject, said: Claim): Settlement {
    let settlement: Settlement;
    do settlement = this.write(settleAmong(this.all, subject, said, true));
    while (
      settlement.outcome === 'settled' &&
      settlement.conversion.meetsMore === true &&
      settlement.writes.length > 0
    );
    return settlement;
  }

  amongOf(fields: Partial<ConversionSubject>, said: Claim): Settlement {
    return this.among(subjectOf(fields), said);
  }

  /** Settles a claim with one write alone. */
  cutOff(fields: Partial<ConversionSubject>, said: Claim): Settlement {
    return this.write(settleAmong(this.all, subjectOf(fields), said, true));
  }

  claimOf(said: Parameters<typeof claim>[0]): Claim {
    this.seconds += 1;
    return claim(said, 'ignore', this.seconds);
  }

  private write(settlement: Settlement): Settlement {
    if (settlement.outcome === 'settled') {
      if (settlement.writes.length > 100) throw new Error('DynamoDB takes 100 rows together');
      for (const row of settlement.writes) {
        const before = this.rows.get(row.conversionKey)?.version ?? 0;
        if (row.version !== before + 1) throw new Error(`${row.conversionKey} was changed`);
        this.rows.set(row.conversionKey, row);
      }
    }
    return settlement;
  }
}

/** Without a transaction ID. */
export const unnamed = { transactionId: undefined } as unknown as Partial<ConversionSubject>;
