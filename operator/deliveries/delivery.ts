import * as v from 'valibot';
import { style } from '../../cli/terminal/style';
import { fieldList, table } from '../../cli/terminal/table';

/** A delivery, as `GET /deliveries` shows it. */
export const delivery = v.looseObject({
  id: v.string(),
  source: v.string(),
  postback: v.string(),
  clickId: v.string(),
  conversionKey: v.string(),
  event: v.string(),
  status: v.string(),
  amount: v.optional(v.string()),
  currency: v.optional(v.string()),
  state: v.string(),
  reason: v.optional(v.string()),
  detail: v.optional(v.string()),
  attempts: v.number(),
  dueAt: v.optional(v.string()),
  createdAt: v.string(),
  firstTriedAt: v.optional(v.string()),
  lastTriedAt: v.optional(v.string()),
  request: v.optional(v.looseObject({ method: v.string(), url: v.string() })),
  answer: v.optional(v.looseObject({ httpStatus: v.optional(v.number()), text: v.string() })),
});

export type Delivery = v.InferOutput<typeof delivery>;

const unhappy: readonly string[] = ['failed', 'exhausted', 'held'];

export function stateText({ state, reason }: Pick<Delivery, 'state' | 'reason'>): string {
  const words = reason === undefined ? state : `${state} (${reason})`;
  if (state === 'delivered') return style.good(words);
  return unhappy.includes(state) ? style.bad(words) : words;
}

export function deliveriesTable(deliveries: readonly Delivery[]): string {
  return table(
    ['delivery', 'created', 'source', 'event', 'status', 'amount', 'state', 'attempts', 'detail'],
    deliveries.map((one) => [
      one.id,
      one.createdAt,
      `${one.source}/${one.postback}`,
      one.event,
      one.status,
      moneyOf(one),
      stateText(one),
      String(one.attempts),
      one.detail ?? '',
    ]),
  );
}

export function deliveryPage(one: Delivery): string {
  const { request, answer } = one;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['delivery', one.id],
    ['source', `${one.source}, postback ${one.postback}`],
    ['click', one.clickId],
    ['conversion', one.conversionKey],
    ['reports', [one.event, one.status, moneyOf(one)].filter((word) => word !== '').join(', ')],
    ['state', stateText(one)],
    ['detail', one.detail],
    ['created', one.createdAt],
    ['attempts', String(one.attempts)],
    ['tried first', one.firstTriedAt],
    ['tried last', one.lastTriedAt],
    ['next', one.dueAt],
    ['request', request && `${request.method} ${request.url}`],
    ['answer', answer && `${answer.httpStatus ?? ''} ${answer.text}`.trim()],
  ];
  return fieldList(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function moneyOf({ amount, currency }: Delivery): string {
  return [amount, currency].filter((word) => word !== undefined).join(' ');
}
