import * as v from 'valibot';
import { identifier } from '../domain/configuration/fields';
import { erasedLogRow } from '../domain/log/erasure';
import type { LogRow } from '../domain/log/log-row';
import { loggedParameters } from '../domain/log/logged-parameters';
import { maskedRaw, maskMailAndKeys, maskText } from '../domain/log/masking';
import type { PostbackRequest } from '../domain/text/postback-request';
import type { ConversionSummary, Verdict } from '../domain/verdict/verdict';
import { addressPrefix } from '../domain/values/address';
import type { JudgedFacts, Submission } from './submission';

const daySeconds = 24 * 60 * 60;
const userAgentLimit = 200;
const pathLimit = 512;

/** Returns the log row of a judged postback: its request, masked, and its verdict. */
export function logRowOf(submission: Submission, facts: JudgedFacts, verdict: Verdict, retentionDays: number): LogRow {
  const { request, requestId, attempts, batchId, row: number, part } = submission;
  const { integrationId = nameIn(request), campaignId, clickId, click, trust, authenticated, erased } = facts;
  const keyId = authenticated?.keyId;
  const ipPrefix = addressPrefix(request.sourceIp);
  const userAgent = request.headers['user-agent'];
  const { conversion } = verdict;
  const row: LogRow = {
    requestId,
    receivedAt: new Date(request.receivedAt).toISOString(),
    method: request.method,
    path: maskText(request.path.slice(0, pathLimit)),
    raw: maskedRaw(request, loggedParameters(facts.integration)),
    ...(integrationId !== undefined && { integration: integrationId }),
    ...(campaignId !== undefined && { campaign: campaignId }),
    ...(clickId !== undefined && { clickId }),
    result: verdict.result,
    reason: verdict.reason,
    httpStatus: verdict.httpStatus,
    message: maskText(verdict.message),
    warnings: verdict.warnings.map((warning) => ({ ...warning, message: maskText(warning.message) })),
    attempts,
    ...(ipPrefix !== undefined && { ipPrefix }),
    ...(userAgent !== undefined && { userAgent: maskMailAndKeys(userAgent.slice(0, userAgentLimit)) }),
    ...(click !== undefined && {
      clickToPostbackSeconds: Math.round((request.receivedAt - click.clickedAt) / 1000),
    }),
    ...(conversion !== undefined && { conversion: masked(conversion) }),
    ...(batchId !== undefined && { batchId }),
    ...(number !== undefined && { row: number }),
    ...(part !== undefined && { part }),
    ...(keyId !== undefined && { keyId }),
    ...(trust === 'proven' && { authenticated: true as const }),
    ...(trust === 'let-pass' && { letPass: true as const }),
    ...(trust === 'browser' && { browser: 'reported' as const }),
    ...(facts.confirms === true && { browser: 'confirmed' as const }),
    expiresAt: Math.floor(request.receivedAt / 1000) + retentionDays * daySeconds,
  };
  return erased === true ? erasedLogRow(row) : row;
}

/** Returns the integration that a path names, known or not. Anybody may write anything there: a text that is no name is only a path. */
function nameIn({ integration }: PostbackRequest): string | undefined {
  return v.is(identifier, integration) ? maskText(integration) : undefined;
}

/** Some senders make a person's address the transaction ID: the conversion needs it as it is, the log does not. */
function masked(conversion: ConversionSummary): ConversionSummary {
  const { event, transactionId } = conversion;
  return {
    ...conversion,
    event: maskMailAndKeys(event),
    ...(transactionId !== undefined && { transactionId: maskMailAndKeys(transactionId) }),
  };
}
