import type { LogRow } from '../domain/postback/log-row';
import { maskedRaw, maskText } from '../domain/postback/masking';
import type { Verdict } from '../domain/postback/verdict';
import { addressPrefix } from '../domain/trust/address';
import type { Facts, Submission } from './submission';

const daySeconds = 24 * 60 * 60;
const userAgentLimit = 200;

/** The log row of a judged postback: what came, masked, and what became of it. */
export function logRowOf(submission: Submission, facts: Facts, verdict: Verdict, retentionDays: number): LogRow {
  const { request, requestId, attempts, batchId } = submission;
  const { integrationId = request.integration, campaignId, clickId, click, keyId } = facts;
  const ipPrefix = addressPrefix(request.sourceIp);
  const userAgent = request.headers['user-agent'];
  const { conversion } = verdict;
  return {
    requestId,
    receivedAt: new Date(request.receivedAt).toISOString(),
    method: request.method,
    path: maskText(request.path),
    raw: maskedRaw(request),
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
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, userAgentLimit) }),
    ...(click !== undefined && {
      clickToPostbackSeconds: Math.round((request.receivedAt - click.clickedAt) / 1000),
    }),
    ...(conversion !== undefined && { conversion }),
    ...(batchId !== undefined && { batchId }),
    ...(keyId !== undefined && { keyId }),
    expiresAt: Math.floor(request.receivedAt / 1000) + retentionDays * daySeconds,
  };
}
