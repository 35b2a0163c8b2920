import { marshall } from '@aws-sdk/util-dynamodb';
import { writeClick } from '../../../lambdas/adapters/clicks-table';
import { writeConversion } from '../../../lambdas/adapters/conversion-item';
import type { Item } from '../../../lambdas/adapters/item';
import type { StreamBatch, StreamRecord } from '../../../lambdas/adapters/stream-event';
import type { Click } from '../../../lambdas/domain/click/click';
import type { Conversion } from '../../../lambdas/domain/conversion/conversion';
import { now } from '../domain/support/factories';

/** Where a shard begins: its records cross from three digits to four, as text they are out of order. */
const firstSequence = 995;

/** A shard of a stream, as changes are written to it. */
export class Shard {
  readonly records: StreamRecord[] = [];

  constructor(
    readonly table: 'Clicks' | 'Conversions',
    readonly shardId = 'shardId-1',
    /** When its first change is written, in milliseconds since 1970; each other one a second after the one before. */
    private readonly begunAt = now,
  ) {}

  /** The change of a row; `undefined` is a row that is not there. */
  change(keys: Record<string, string>, before: Item | undefined, after: Item | undefined): void {
    const sequence = String(firstSequence + this.records.length * 3);
    this.records.push({ sequence, at: this.begunAt + this.records.length * 1000, keys: marshall(keys), before, after });
  }

  click(before: Click | undefined, after: Click | undefined): void {
    const clickId = (after ?? before)?.clickId ?? '';
    this.change({ clickId }, before && writeClick(before), after && writeClick(after));
  }

  erase(before: Click): void {
    const { clickId } = before;
    this.change({ clickId }, writeClick(before), marshall({ clickId, erased: true, expiresAt: 1 }));
  }

  conversion(before: Conversion | undefined, after: Conversion | undefined): void {
    const { clickId = '', conversionKey = '' } = after ?? before ?? {};
    this.change({ clickId, conversionKey }, before && writeConversion(before), after && writeConversion(after));
  }

  batch(from = 0, to = this.records.length): StreamBatch {
    const { table, shardId } = this;
    return { table, stream: '2026-11-23T00:00:00.000', shardId, records: this.records.slice(from, to) };
  }
}
