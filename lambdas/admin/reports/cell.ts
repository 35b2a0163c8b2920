import * as v from 'valibot';
import type { Cell } from '../../domain/facts/audit-cells';
import { quarterMilliseconds } from '../../domain/facts/columns';
import { fromMillionths } from '../../domain/values/amount';
import { field } from '../http/answer-schema';

export const auditCell = v.strictObject({
  set: v.picklist(['clicks', 'conversions']),
  campaign: v.string(),
  quarter: v.pipe(v.string(), v.isoTimestamp(), v.description('When the quarter of an hour of the click began')),
  event: v.nullable(v.string()),
  status: v.nullable(v.string()),
  currency: v.nullable(v.string()),
  count: v.number(),
  amount: field.amount,
});

export function cellView({ quarter, count, amount, ...names }: Cell): v.InferOutput<typeof auditCell> {
  return {
    ...names,
    quarter: new Date(quarter * quarterMilliseconds).toISOString(),
    count: Number(count),
    amount: fromMillionths(amount),
  };
}
