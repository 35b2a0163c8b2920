import * as v from 'valibot';
import type { StoredDelivery } from '../../adapters/delivery-item';
import { deliveryReasons, deliveryStates } from '../../domain/outbound/delivery';
import { httpMethods } from '../../domain/configuration/outbound-postback';
import { field, type Shown } from '../http/answer-schema';

export const answerOfSource = v.strictObject({
  httpStatus: v.optional(v.number()),
  text: v.pipe(v.string(), v.description('The beginning of its body, secrets masked')),
});

/** A delivery as the API shows it; unknown fields are absent. */
export const deliveryAnswer = v.strictObject({
  id: v.string(),
  source: v.string(),
  postback: v.string(),
  clickId: v.string(),
  conversionKey: v.string(),
  event: v.string(),
  status: field.status,
  amount: v.optional(field.amount),
  currency: v.optional(v.string()),
  state: v.picklist(deliveryStates),
  reason: v.optional(v.picklist(deliveryReasons)),
  detail: v.optional(v.string()),
  attempts: v.pipe(field.count, v.description('Since it was made, or resent')),
  dueAt: v.pipe(v.optional(field.time), v.description('When it is looked at again')),
  createdAt: field.time,
  firstTriedAt: v.optional(field.time),
  lastTriedAt: v.optional(field.time),
  request: v.pipe(
    v.optional(v.strictObject({ method: v.picklist(httpMethods), url: v.string() })),
    v.description('The last request, secrets masked'),
  ),
  answer: v.optional(answerOfSource),
});

const iso = (at: number): string => new Date(at).toISOString();

export function deliveryView(delivery: StoredDelivery): Shown<typeof deliveryAnswer> {
  const { dueAt, createdAt, firstTriedAt, lastTriedAt } = delivery;
  const { id, clickId, conversionKey, event, status, amount, currency, state, reason, detail, attempts } = delivery;
  return {
    id,
    source: delivery.sourceId,
    postback: delivery.postbackId,
    clickId,
    conversionKey,
    event,
    status,
    amount,
    currency,
    state,
    reason,
    detail,
    attempts,
    ...(dueAt !== undefined && { dueAt: iso(dueAt) }),
    createdAt: iso(createdAt),
    ...(firstTriedAt !== undefined && { firstTriedAt: iso(firstTriedAt) }),
    ...(lastTriedAt !== undefined && { lastTriedAt: iso(lastTriedAt) }),
    request: delivery.request,
    answer: delivery.answer,
  };
}
