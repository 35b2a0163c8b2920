import * as v from 'valibot';
import type { StoredDelivery } from '../../adapters/delivery-item';
import { deliveryReasons, deliveryStates } from '../../domain/outbound/delivery';
import { hasClickIdShape, canonicalClickId } from '../../domain/click/click-id';
import { list, rejectionOfParameter, type Answer } from '../http/answer';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import {
  defaultLimit,
  parameter,
  periodParameters,
  readQueryParameters,
  readPeriod,
  textParameter,
  wordParameter,
  type Parameters,
  type QuerySchema,
} from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { deliveriesOf } from './of-conversions';
import { deliveryView } from './view';

export const deliveriesQuery = {
  source: textParameter('Deliveries to this source in the period, newest first'),
  clickId: textParameter('All deliveries of the conversions of this click, newest first'),
  state: wordParameter(deliveryStates, 'Only those in this state'),
  reason: wordParameter(deliveryReasons, 'Only those with this reason'),
  ...periodParameters,
  limit: parameter.limit,
  cursor: parameter.cursor,
} as const satisfies QuerySchema;

type Asked = Parameters<typeof deliveriesQuery>;

/** Maximum number of deliveries that one call reads; a filter that few pass continues with the cursor. */
const mostLookedAt = 2000;
const dayMilliseconds = 86_400_000;
/** Conversions of one click, of each of which its postbacks are looked up. */
const mostConversions = 200;

const position = v.strictObject({
  before: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z#[0-9a-f~]{1,32}$/)),
});

export async function getDeliveries(request: RoutedRequest, services: Services): Promise<Answer> {
  const asked = readQueryParameters(request, deliveriesQuery);
  if (asked.clickId !== undefined) return ofClick(asked.clickId, asked, request, services);
  if (asked.source === undefined) throw rejectionOfParameter('source', 'must be given, or else clickId');
  return ofSource(asked.source, asked, request, services);
}

async function ofSource(
  sourceId: string,
  asked: Asked,
  { now, deadline }: RoutedRequest,
  services: Services,
): Promise<Answer> {
  const { since, until } = readPeriod(asked, now);
  // A period in the future, or before any retention, has no deliveries, and DynamoDB accepts no range that ends before it begins.
  if (since > until) return list([]);
  const query = queryOf('deliveries', asked);
  const { limit = defaultLimit } = asked;
  // "~" comes after every digit of an ID.
  let seen = readCursor(query, position, asked.cursor)?.before;
  let to = seen ?? `${iso(until)}#~`;
  const shown: StoredDelivery[] = [];
  const { reader } = services.outbound();
  for (let lookedAt = 0; lookedAt < mostLookedAt;) {
    const day = Date.parse(`${to.slice(0, 10)}T00:00:00.000Z`);
    if (day + dayMilliseconds <= since) return list(shown.map(deliveryView));
    const from = `${iso(Math.max(day, since))}#`;
    const page = await reader.ofDay({ sourceId, from, to }, deadline);
    for (const delivery of page.deliveries) {
      const place = `${iso(delivery.createdAt)}#${delivery.id}`;
      if (place === seen || !passes(delivery, asked)) continue;
      shown.push(delivery);
      if (shown.length === limit) return list(shown.map(deliveryView), writeCursor(query, { before: place }));
    }
    lookedAt += page.deliveries.length + 1;
    seen = page.last;
    to = page.last ?? `${iso(day - 1)}#~`;
  }
  return list(shown.map(deliveryView), writeCursor(query, { before: to }));
}

async function ofClick(text: string, asked: Asked, { deadline }: RoutedRequest, services: Services): Promise<Answer> {
  const clickId = canonicalClickId(text);
  if (!hasClickIdShape(clickId)) throw rejectionOfParameter('clickId', 'must be a click ID: 32 letters and digits');
  const { conversions } = await services.conversions.ofClick(clickId, { limit: mostConversions }, deadline);
  const found = await deliveriesOf(conversions, services, deadline);
  const shown = found
    .filter((delivery) => delivery.clickId === clickId && passes(delivery, asked))
    .sort((left, right) => right.createdAt - left.createdAt);
  return list(shown.slice(0, asked.limit ?? defaultLimit).map(deliveryView));
}

function passes({ sourceId, state, reason }: StoredDelivery, asked: Asked): boolean {
  return (
    (asked.source === undefined || asked.source === sourceId) &&
    (asked.state === undefined || asked.state === state) &&
    (asked.reason === undefined || asked.reason === reason)
  );
}

const iso = (at: number): string => new Date(at).toISOString();
