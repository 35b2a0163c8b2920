import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { clicksTable } from '../adapters/clicks-table';
import { configurationTable } from '../adapters/configuration-table';
import { deadlineAt } from '../adapters/deadline';
import { dynamoDbClient } from '../adapters/dynamodb';
import { optionalEnvironment, requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { bodyOf, headersOf, targetOf } from '../adapters/http-event';
import { masterSecret } from '../adapters/master-secret';
import { emit, logTrouble, type Counts } from '../adapters/metrics';
import { retryQueue, sqsClient } from '../adapters/retry-queue';
import { sourceAddressOf } from '../adapters/source-address';
import { visitorKeys } from '../adapters/visitor-keys';
import { metric } from '../contract';
import { noBody, readClickBody, type ClickBody } from '../domain/click/click-body';
import { readClickQuery } from '../domain/click/click-parameters';
import { fallbackPageOf, landingPageOf, type Visit } from '../domain/visit/new-click';
import { chooseOffer } from '../domain/visit/offer-choice';
import { purposeOf, type ClickPurpose } from '../domain/click/prefetch';
import type { Version } from '../domain/configuration/document';
import { readServedDocument, type ServedKind } from '../domain/configuration/served-document';
import { campaignIn } from '../domain/routing/target';
import { askAgain, methodsOnly, redirectTo, unserved, type Unserved } from './answers';
import { keepClick } from './keep-click';
import { clickOf } from './new-click';

const client = dynamoDbClient();
const configuration = configurationTable<ServedKind>(
  client,
  requireEnvironment('configTable'),
  requireEnvironmentNumber('configCacheSeconds'),
  readServedDocument,
);
const clicks = clicksTable(client, requireEnvironment('clicksTable'));
const queue = retryQueue(sqsClient(), requireEnvironment('retryQueueUrl'));
const stageFallback = optionalEnvironment('fallbackUrl');
const visitors = visitorKeys(client, requireEnvironment('visitorKeysTable'));
const secret = masterSecret(requireEnvironment('masterSecretArn'));

/** Left of the function's time for answering when everything else has taken too long. */
const answerMilliseconds = 500;

/** A beacon is sent by POST, and counts like any other click. */
const redirected = ['GET', 'POST', 'HEAD'];

/** Stores a click and sends its visitor on. The click is durable before its ID leaves; no trouble of ours stops a visitor. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const now = event.requestContext.timeEpoch;
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - answerMilliseconds);
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
  const visitorKey = purpose === 'visit' ? visitors.keyAt(now, deadline) : undefined;
  let campaign: Version<'campaign'> | undefined;
  try {
    campaign = await configuration.find('campaign', campaignId, deadline);
  } catch (error) {
    logTrouble('the campaign could not be read', error, { campaign: campaignId.slice(0, 64) });
    return serveNoOffer(arrival, 'unreadable', undefined);
  }
  if (campaign === undefined) return serveNoOffer(arrival, 'unknown', undefined);
  const { document } = campaign;
  const offer = document.status === 'active' ? chooseOffer(document, Math.random()) : undefined;
  if (offer === undefined) return serveNoOffer(arrival, 'paused', document.fallback);

  const visit = { campaignId, campaign: document, offer, query: arrival.query, now };
  if (purpose === 'preview') return redirectTo(landingPageOf(visit, undefined));

  try {
    const userAgent = event.headers['user-agent'];
    const click = clickOf(
      { ...visit, sourceIp: sourceAddressOf(event), userAgent, visitorKey: await visitorKey },
      await secret.read(),
      randomBytes(8),
    );
    const kept = await keepClick(click, clicks, queue, deadline);
    emit(
      {
        [metric.clickReceived]: 1,
        ...(kept === 'queued' && { [metric.clickQueued]: 1 }),
        ...(kept === 'lost' && { [metric.clickLost]: 1 }),
      },
      { ...(kept !== 'stored' && { kept }) },
      { campaign: campaignId, offer: offer.id, bot: click.bot || undefined },
    );
    return redirectTo(landingPageOf(visit, click.clickId));
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
  ownFallback: string | undefined,
): APIGatewayProxyStructuredResultV2 {
  const fallback = ownFallback ?? stageFallback;
  // Anybody may ask for a campaign of any name: the name of one that exists is logged alone.
  const campaign = reason === 'unknown' ? undefined : arrival.campaignId.slice(0, 64);
  if (arrival.purpose === 'visit') emit(countsOf(reason, fallback !== undefined), { unserved: reason, campaign });
  return fallback === undefined ? unserved(reason) : redirectTo(fallbackPageOf(fallback, arrival));
}

/** A campaign that is unknown or paused is the team's to correct; one that could not be read is our failure. */
function countsOf(reason: Unserved, hasFallback: boolean): Counts {
  if (reason !== 'unreadable') return { [metric.clickUnserved]: 1 };
  return hasFallback ? { [metric.clickReceived]: 1, [metric.clickLost]: 1 } : { [metric.clickFailed]: 1 };
}
