import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import { bodyOf } from '../adapters/http-event';
import { emit, logTrouble } from '../adapters/metrics';
import { sourceAddressOf, viewerCountryOf } from '../adapters/source-address';
import * as metric from '../counters';
import { maximumScriptBytes, offerOfPage, readScriptClick } from '../domain/visit/script-click';
import type { Version } from '../domain/configuration/document';
import { recordClick } from './record-click';
import type { ClickTools } from './tools';

/** The part of an answer that a script on a page may read, where its page may send requests at all. */
type Shared = Readonly<Record<string, string>>;

/**
 * Records a click that a script on a landing page reports, and gives the page its ID. Only a page that the campaign names may send it, and
 * read the answer; nothing is read of a visitor but what the page sends.
 */
export async function answerScriptClick(
  event: APIGatewayProxyEventV2,
  campaignId: string,
  tools: ClickTools,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { method } = event.requestContext.http;
  if (method !== 'POST') return answer(method === 'OPTIONS' ? 204 : 405, {}, { allow: 'POST, OPTIONS' });
  const origin = event.headers['origin'];
  let campaign: Version<'campaign'> | undefined;
  try {
    campaign = await tools.configuration.find('campaign', campaignId, deadline);
  } catch (error) {
    logTrouble('the campaign could not be read', error, { campaign: campaignId.slice(0, 64) });
    emit({ [metric.clickFailed]: 1 }, { unserved: 'unreadable' });
    return answer(503, { message: 'Please try again in a moment.' });
  }
  const isNamed = origin !== undefined && campaign?.document.browser?.origins?.includes(origin) === true;
  if (campaign === undefined || !isNamed) {
    const known = campaign === undefined ? undefined : campaignId;
    emit(
      { [metric.clickUnserved]: 1 },
      { unserved: known === undefined ? 'unknown' : 'foreign page', campaign: known },
    );
    return known === undefined
      ? answer(404, { message: 'There is no such campaign.' })
      : answer(403, { message: 'This page may not record clicks. Add it to browser.origins of the campaign.' });
  }
  const shared: Shared = { 'access-control-allow-origin': origin, vary: 'origin' };
  const bytes = bodyOf(event);
  if (bytes.length > maximumScriptBytes) return answer(413, { message: 'A page may send 64 kB.' }, shared);
  const sent = readScriptClick(Buffer.from(bytes).toString('utf8'));
  if (sent === undefined) return answer(400, { message: 'The body is not {"page", "query"} as JSON.' }, shared);
  if (campaign.document.status !== 'active') {
    emit({ [metric.clickUnserved]: 1 }, { unserved: 'paused', campaign: campaignId });
    return answer(404, { message: 'This campaign takes no visitors at the moment.' }, shared);
  }
  return { ...(await record(event, campaign, sent, tools, deadline)), headers: { ...plain, ...shared } };
}

async function record(
  event: APIGatewayProxyEventV2,
  { id: campaignId, document: campaign }: Version<'campaign'>,
  { page, query }: NonNullable<ReturnType<typeof readScriptClick>>,
  tools: ClickTools,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const now = event.requestContext.timeEpoch;
  try {
    const { click, kept } = await recordClick(
      {
        campaignId,
        campaign,
        offer: offerOfPage(campaign, page),
        query,
        now,
        sourceIp: sourceAddressOf(event),
        userAgent: event.headers['user-agent'],
        country: viewerCountryOf(event),
        visitorKey: await tools.visitors.keyAt(now, deadline),
      },
      tools,
      deadline,
    );
    // The ID of a lost click would only suggest to the page that it was recorded.
    if (kept !== 'lost') return answer(200, { clickId: click.clickId });
  } catch (error) {
    logTrouble('the click has no ID', error, { campaign: campaignId });
    emit({ [metric.clickReceived]: 1, [metric.clickLost]: 1 }, { campaign: campaignId, kept: 'lost' });
  }
  return answer(503, { message: 'The click was not recorded.' });
}

const plain: Shared = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

function answer(statusCode: number, body: object, headers: Shared = {}): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { ...plain, ...headers }, body: statusCode === 204 ? '' : JSON.stringify(body) };
}
