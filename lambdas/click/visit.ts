import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import { bodyOf, headersOf, targetOf } from '../adapters/http-event';
import { emit, logTrouble, type MetricCounts } from '../adapters/metrics';
import { sourceAddressOf, viewerCountryOf } from '../adapters/source-address';
import * as metric from '../counters';
import { noBody, readClickBody, type ClickBody } from '../domain/click/click-body';
import { clickCookies } from '../domain/click/click-cookie';
import { readClickQuery } from '../domain/click/click-parameters';
import { fallbackPageOf, landingPageOf, type Visit } from '../domain/visit/new-click';
import { chooseOffer } from '../domain/visit/offer-choice';
import { purposeOf, type ClickPurpose } from '../domain/click/prefetch';
import { defaultAttribution } from '../domain/configuration/campaign';
import type { Version } from '../domain/configuration/document';
import { campaignIn } from '../domain/routing/target';
import { askAgain, methodsOnly, redirectTo, unserved, type Unserved } from './answers';
import { recordClick } from './record-click';
import type { ClickTools } from './tools';

/** A beacon is sent by POST, and counts like any other click. */
const redirected = ['GET', 'POST', 'HEAD'];

/** Stores a click and sends its visitor on. The click is durable before its ID leaves; no trouble of ours stops a visitor. */
export async function answerVisit(
  event: APIGatewayProxyEventV2,
  tools: ClickTools,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const now = event.requestContext.timeEpoch;
  const { method } = event.requestContext.http;
  if (!redirected.includes(method)) return methodsOnly(method);
  const purpose = purposeOf(method, (name) => event.headers[name]);
  if (purpose === 'prefetch') {
    emit({ [metric.clickPrefetched]: 1 }, {});
    return askAgain();
  }
  const target = targetOf(event);
  const campaignId = campaignIn(target);
  if (campaignId === undefined) return unserved('unknown');
  const arrival = { campaignId, query: readClickQuery(target.query, bodyOfClick(event)), now, purpose };
  // Asked for beside the campaign, once a day: no visitor waits for it alone.
  const visitorKey = purpose === 'visit' ? tools.visitors.keyAt(now, deadline) : undefined;
  let campaign: Version<'campaign'> | undefined;
  try {
    campaign = await tools.configuration.find('campaign', campaignId, deadline);
  } catch (error) {
    logTrouble('the campaign could not be read', error, { campaign: campaignId.slice(0, 64) });
    return serveNoOffer(arrival, 'unreadable', tools);
  }
  if (campaign === undefined) return serveNoOffer(arrival, 'unknown', tools);
  const { document } = campaign;
  const offer = document.status === 'active' ? chooseOffer(document, Math.random()) : undefined;
  if (offer === undefined) return serveNoOffer(arrival, 'paused', tools, document.fallback);

  const visit = { campaignId, campaign: document, offer, query: arrival.query, now };
  if (purpose === 'preview') return redirectTo(landingPageOf(visit, undefined));

  try {
    const visitor = {
      sourceIp: sourceAddressOf(event),
      userAgent: event.headers['user-agent'],
      country: viewerCountryOf(event),
    };
    const { click } = await recordClick({ ...visit, ...visitor, visitorKey: await visitorKey }, tools, deadline);
    // A visitor whose click came before goes to the same offer again.
    const landed = document.offers.find(({ id, status }) => id === click.offer && status !== 'paused') ?? offer;
    const answer = redirectTo(landingPageOf({ ...visit, offer: landed }, click.clickId));
    if (document.browser?.cookie !== true) return answer;
    const maxAgeDays = document.attribution?.maxAgeDays ?? defaultAttribution.maxAgeDays;
    return { ...answer, cookies: [...clickCookies(click, maxAgeDays, event.cookies)] };
  } catch (error) {
    // Not even a key could be had: without one there is no ID that a postback could bring back.
    logTrouble('the click has no ID', error, { campaign: campaignId });
    emit({ [metric.clickReceived]: 1, [metric.clickLost]: 1 }, { campaign: campaignId, kept: 'lost' });
    return redirectTo(landingPageOf(visit, undefined));
  }
}

/** A beacon may say in its body what a visit says in its query. */
function bodyOfClick(event: APIGatewayProxyEventV2): ClickBody {
  if (event.requestContext.http.method !== 'POST' || (event.body ?? '') === '') return noBody;
  return readClickBody(bodyOf(event), headersOf(event));
}

/** A visitor on the way to a campaign, before an offer is chosen. */
type Arrival = Pick<Visit, 'campaignId' | 'query' | 'now'> & { readonly purpose: ClickPurpose };

/** Sends a visitor to the campaign's fallback URL, else to the stage's; answers an error where there is neither. */
function serveNoOffer(
  arrival: Arrival,
  reason: Unserved,
  { stageFallback }: ClickTools,
  ownFallback?: string,
): APIGatewayProxyStructuredResultV2 {
  const fallback = ownFallback ?? stageFallback;
  // Anybody may ask for a campaign of any name: the name of one that exists is logged alone.
  const campaign = reason === 'unknown' ? undefined : arrival.campaignId.slice(0, 64);
  if (arrival.purpose === 'visit') emit(countsOf(reason, fallback !== undefined), { unserved: reason, campaign });
  return fallback === undefined ? unserved(reason) : redirectTo(fallbackPageOf(fallback, arrival));
}

/** A campaign that is unknown or paused is the team's to correct; one that could not be read is our failure. */
function countsOf(reason: Unserved, hasFallback: boolean): MetricCounts {
  if (reason !== 'unreadable') return { [metric.clickUnserved]: 1 };
  return hasFallback ? { [metric.clickReceived]: 1, [metric.clickLost]: 1 } : { [metric.clickFailed]: 1 };
}
