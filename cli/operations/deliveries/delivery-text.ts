import type { Delivery } from '../../../operator/deliveries/delivery';
import { style } from '../../terminal/style';
import { fieldList, table } from '../../terminal/table';

const unhappy: readonly string[] = ['failed', 'exhausted', 'held'];

export function stateText({ state, reason }: Pick<Delivery, 'state' | 'reason'>): string {
  const words = reason === undefined ? state : `${state} (${reason})`;
  if (state === 'delivered') return style.good(words);
  return unhappy.includes(state) ? style.bad(words) : words;
}

export function deliveryRows(deliveries: readonly Delivery[]): string {
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

/** Formats one line of followed deliveries. */
export function deliveryLine(one: Delivery): string {
  const said = one.detail === undefined ? '' : `: ${one.detail}`;
  const reported = [one.event, one.status, moneyOf(one)].filter((word) => word !== '').join(' ');
  return `${one.lastTriedAt ?? one.createdAt}  ${one.id}  ${one.source}/${one.postback}  ${reported}  ${stateText(one)}${said}`;
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
