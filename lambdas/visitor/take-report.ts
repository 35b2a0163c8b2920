import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import { targetOf } from '../adapters/http-event';
import { emit, logTrouble } from '../adapters/metrics';
import type { RetryQueue } from '../adapters/retry-queue';
import { sourceAddressOf } from '../adapters/source-address';
import { metric } from '../contract';
import { rememberedClicks } from '../domain/click/click-cookie';
import { readClickId } from '../domain/click/signed-click-id';
import { mintRequestId } from '../domain/values/request-id';
import type { reportLimit } from '../domain/log/report-limit';
import type { PostbackRequest } from '../domain/text/postback-request';
import { unsignedStatement } from '../domain/trust/statement';
import { clickIdKeys, type Master } from '../domain/trust/keys';
import { countsOfReceived, warningsField } from '../judgement/counts';
import { identifyClick, type Identified } from '../judgement/identify';
import { judgeOrQueue } from '../judgement/judge-or-queue';
import { refusedWith, type Judged, type JudgementStores } from '../judgement/judge';
import { keepLogRow } from '../judgement/keep-log-row';
import { firstFacts, receive } from '../judgement/receive';
import type { Submission } from '../judgement/submission';
import { reportingPage } from './page';

/** What reports of browsers are judged with. */
export interface ReportTools {
  readonly stores: JudgementStores;
  readonly queue: RetryQueue;
  readonly limit: ReturnType<typeof reportLimit>;
}

/**
 * Takes what a visitor's browser reports: by the ID in its query, else by the one in its cookie. What is no ID of ours costs nothing but a
 * sampled row of the log; everything else is judged as a postback is, as far as a browser is believed.
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
    if (!identified.ok && identified.refusal.reason === 'CLICK_ID_MISSING') {
      const { request, authenticated } = submission;
      const remembered = await findRemembered(event, authenticated?.integration ?? '', stores, master, deadline);
      if (remembered !== undefined) {
        const rawQuery = [request.rawQuery, `clickid=${remembered}`].filter((part) => part !== '').join('&');
        submission = {
          ...submission,
          ...submissionOf(event, authenticated?.integration ?? '', { ...request, rawQuery }),
        };
        identified = identify(submission, master);
      }
    }
    const { facts } = identified;
    const refusal = identified.ok ? identified.forged : identified.refusal;
    if (refusal !== undefined) return await refusedWith(submission, facts, refusal, stores);
    const limited = facts.clickId && limit(facts.clickId);
    if (limited !== undefined) return await refusedWith(submission, facts, limited, stores);
  } catch (error) {
    logTrouble('the report was not identified', error, { requestId: submission.requestId });
  }
  return judgeOrQueue(submission, stores, queue, deadline);
}

function identify(submission: Submission, master: Master): Identified {
  const received = receive(firstFacts(submission), submission.request);
  return received.ok ? identifyClick(received.facts, master) : received;
}

/** The newest click in the visitor's cookies of which the campaign reports to this integration. */
async function findRemembered(
  event: APIGatewayProxyEventV2,
  integration: string,
  { configuration }: JudgementStores,
  master: Master,
  deadline: Deadline,
): Promise<string | undefined> {
  const keys = clickIdKeys(master);
  const genuine = rememberedClicks(event.cookies).filter(
    ({ clickId }) => readClickId(clickId, keys).outcome === 'genuine',
  );
  try {
    for (const { campaign, clickId } of genuine) {
      const found = await configuration.find('campaign', campaign, deadline);
      if (found?.document.integration === integration) return clickId;
    }
    return undefined;
  } catch (error) {
    // Whose the click is shows when it is judged: until then the newest is the likeliest.
    logTrouble('the campaign of a cookie could not be read', error);
    return genuine[0]?.clickId;
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
    sourceIp: sourceAddressOf(event),
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
