import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ClickParameters } from '../domain/click/click-parameters';
import { redirectTarget } from '../domain/click/redirect';
import type { Campaign, Offer } from '../domain/configuration/campaign';
import type { ClickId } from '../domain/identifiers/click-id';

/** A visitor who is on the way to an offer. */
export interface Visit {
  readonly campaignId: string;
  readonly campaign: Campaign;
  readonly offer: Offer;
  readonly parameters: ClickParameters;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const retryAfterSeconds = 5;

/** 302 and never 301: a redirect that a browser keeps hides every later click. Without a click ID its macro becomes empty. */
export function redirect(visit: Visit, clickId: ClickId | undefined): APIGatewayProxyStructuredResultV2 {
  const { campaignId, offer, parameters, now } = visit;
  const subs = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [`sub${at + 1}`, parameters.subs[`sub${at + 1}`]]),
  );
  const location = redirectTarget(offer.url, {
    ...subs,
    clickid: clickId,
    campaign: campaignId,
    offer: offer.id,
    source: parameters.source,
    external_id: parameters.externalId,
    timestamp: String(Math.floor(now / 1000)),
  });
  return {
    statusCode: 302,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer-when-downgrade' },
    body: '',
  };
}

export function notFound(paused: boolean): APIGatewayProxyStructuredResultV2 {
  return page(404, paused ? 'This campaign takes no visitors at the moment.' : 'There is no such campaign.');
}

export function unavailable(): APIGatewayProxyStructuredResultV2 {
  const answer = page(503, 'Please try again in a moment.');
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } };
}

function page(
  statusCode: number,
  text: string,
): APIGatewayProxyStructuredResultV2 & { headers: Record<string, string> } {
  return {
    statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: text,
  };
}
