import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import { targetOf } from '../adapters/http-event';
import { emit, logTrouble } from '../adapters/metrics';
import { reportedConversions } from '../adapters/reports-table';
import type { RetryQueue } from '../adapters/retry-queue';
import { sourceAddressOf } from '../adapters/source-address';
import * as metric from '../counters';
import { mostCookies, rememberedClicks, type RememberedClick } from '../domain/click/click-cookie';
import type { ClickId } from '../domain/click/click-id';
import { readClickId } from '../domain/click/signed-click-id';
import type { Integration } from '../domain/configuration/integration';
import { addressPrefix } from '../domain/values/address';
import { mintRequestId } from '../domain/values/request-id';
import type { reportLimit } from '../domain/log/report-limit';
import type { PostbackRequest } from '../domain/text/postback-request';
import type { Reason } from '../domain/values/reasons';
import type { Rejection } from '../domain/values/rejection';
import { unsignedStatement } from '../domain/trust/statement';
import { clickIdKeys, type Master } from '../domain/trust/keys';
import { countsOfReceived, warningsField } from '../judgement/counts';
import { identifyClick, type Identified } from '../judgement/identify';
import { judgeOrQueue } from '../judgement/judge-or-queue';
import { rejectedWith, type Judged, type JudgementStores } from '../judgement/judge';
import { keepLogRow } from '../judgement/keep-log-row';
import { firstFacts, receive } from '../judgement/receive';
import type { Submission } from '../judgement/submission';
import { reportingPage } from './page';

export interface ReportStores extends JudgementStores {
  /** Whether a click has as many conversions as browsers may report. */
  isFull(clickId: ClickId, deadline: Deadline): Promise<boolean>;
}

/** The means to judge reports of browsers. */
export interface ReportTools {
  readonly stores: ReportStores;
  readonly queue: RetryQueue;
  readonly limit: ReturnType<typeof reportLimit>;
}

/**
 * Judges the report of a visitor's browser: by the ID in its query, else by the one in its cookie. A text that is no ID of ours costs
 * nothing but a sampled row of the log; everything else is judged like a postback, as far as a browser is trusted.
 */
export async function takeReport(
  event: APIGatewayProxyEventV2,
  integration: string,
  tools: ReportTools,
  deadline: Deadline,
): Promise<Judged> {
  const { stores, queue } = tools;
  const submission = submissionOf(event, integration, requestOf(event, integration));
  const judged = await judgeReport(event, submission, tools, deadline);
  const lostRow = await keepLogRow(judged, stores.postbackLog, queue, deadline);
  const { verdict, facts } = judged;
  emit(
    { ...countsOfReceived(verdict, facts.trust), ...(lostRow && { [metric.logRowLost]: 1 }) },
    {
      result: verdict.result,
      reason: verdict.reason,
      integration: facts.integrationId,
      warnings: warningsField(verdict, facts.trust),
    },
    { requestId: submission.requestId, campaign: facts.campaignId, browser: true },
  );
  return judged;
}

async function judgeReport(
  event: APIGatewayProxyEventV2,
  named: Submission,
  { stores, queue, limit }: ReportTools,
  deadline: Deadline,
): Promise<Judged> {
  let submission = named;
  try {
    const master = await stores.masterSecret.read();
    let identified = identify(submission, master);
    const remembered = isFound(identified) ? [] : genuineCookies(event, master);
    if (remembered.length > 0) {
      const integration = submission.request.integration ?? '';
      // Its own names may give a usual name of click IDs another meaning. Without a genuine cookie that is not worth a read.
      identified = identify(submission, master, await integrationNamed(integration, stores, deadline));
      const isMissing = !identified.ok && noIdReasons.includes(identified.rejection.reason);
      const clickId = isMissing ? await chooseRemembered(remembered, integration, stores, deadline) : undefined;
      if (clickId !== undefined) {
        const { request } = submission;
        const rawQuery = [request.rawQuery, `clickid=${clickId}`].filter((part) => part !== '').join('&');
        submission = { ...submission, ...submissionOf(event, integration, { ...request, rawQuery }) };
        identified = identify(submission, master);
      }
    }
    const { facts } = identified;
    const rejection = identified.ok ? identified.forged : identified.rejection;
    if (rejection !== undefined) return await rejectedWith(submission, facts, rejection, stores);
    const limited =
      facts.clickId && (limit(facts.clickId) ?? ((await stores.isFull(facts.clickId, deadline)) ? full : undefined));
    if (limited !== undefined) return await rejectedWith(submission, facts, limited, stores);
  } catch (error) {
    logTrouble('the report was not identified', error, { requestId: submission.requestId });
  }
  return judgeOrQueue(submission, stores, queue, deadline);
}

/** Reasons of a query without an ID: none came, or the page did not replace its macro. A wrong ID is another's, and no cookie's. */
const noIdReasons: readonly Reason[] = ['CLICK_ID_MISSING', 'MACRO_UNREPLACED'];

const full: Rejection = {
  reason: 'RATE_LIMITED',
  message: `This click has ${reportedConversions} conversions, and a browser may report no more. Send them from a server.`,
};

function identify(submission: Submission, master: Master, integration?: Integration): Identified {
  const facts = { ...firstFacts(submission), ...(integration !== undefined && { integration }) };
  const received = receive(facts, submission.request, clickIdKeys(master));
  return received.ok ? identifyClick(received.facts, master) : received;
}

const isFound = (identified: Identified): boolean => identified.ok && identified.forged === undefined;

/** The clicks in the visitor's cookies that this tracker made, the newest first: as many as a browser keeps of them. */
function genuineCookies({ cookies }: APIGatewayProxyEventV2, master: Master): readonly RememberedClick[] {
  const keys = clickIdKeys(master);
  const genuine = rememberedClicks(cookies).filter(({ clickId }) => readClickId(clickId, keys).outcome === 'genuine');
  return genuine.slice(0, mostCookies);
}

/** `undefined` also where it cannot be read: then the usual names are the likeliest. */
async function integrationNamed(
  id: string,
  { configuration }: JudgementStores,
  deadline: Deadline,
): Promise<Integration | undefined> {
  try {
    return (await configuration.find('integration', id, deadline))?.document;
  } catch (error) {
    logTrouble('the integration of a report could not be read', error);
    return undefined;
  }
}

/** The newest of some clicks of which the campaign reports to this integration. */
async function chooseRemembered(
  remembered: readonly RememberedClick[],
  integration: string,
  { configuration }: JudgementStores,
  deadline: Deadline,
): Promise<string | undefined> {
  try {
    for (const { campaign, clickId } of remembered) {
      const found = await configuration.find('campaign', campaign, deadline);
      if (found?.document.integration === integration) return clickId;
    }
    return undefined;
  } catch (error) {
    // Whose the click is shows when it is judged: until then the newest is the likeliest.
    logTrouble('the campaign of a cookie could not be read', error);
    return remembered[0]?.clickId;
  }
}

function requestOf(event: APIGatewayProxyEventV2, integration: string): PostbackRequest {
  const { path, query } = targetOf(event);
  const userAgent = event.headers['user-agent'];
  return {
    method: event.requestContext.http.method,
    path,
    rawQuery: query,
    body: new Uint8Array(),
    headers: userAgent === undefined ? {} : { 'user-agent': userAgent },
    // It proves nothing here and may wait in the queue: the network is enough for the log.
    sourceIp: addressPrefix(sourceAddressOf(event))?.replace(/\/.*/, '') ?? '',
    receivedAt: event.requestContext.timeEpoch,
    integration,
  };
}

function submissionOf(event: APIGatewayProxyEventV2, integration: string, request: PostbackRequest): Submission {
  const page = reportingPage(event.headers);
  return {
    request,
    requestId: mintRequestId(request.receivedAt, randomBytes(9)),
    attempts: 1,
    authenticated: {
      integration,
      trust: 'browser',
      statement: unsignedStatement(request),
      ...(page !== undefined && { page }),
    },
  };
}
