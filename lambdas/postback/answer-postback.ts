import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import { httpResult } from '../adapters/http-event';
import { emit } from '../adapters/metrics';
import type { RetryQueue } from '../adapters/retry-queue';
import * as metric from '../counters';
import { batchRowId } from '../domain/values/batch-row-id';
import { answerOf, verdictOfAll } from '../domain/verdict/answer';
import { explain } from '../domain/request/explanation';
import type { floodLimit } from '../domain/log/flood-limit';
import { countsOfReceived, warningsField } from '../judgement/counts';
import { rejectedWith, type Judged, type JudgementStores } from '../judgement/judge';
import { noteKeyUse } from '../judgement/note-key-use';
import type { Submission } from '../judgement/submission';
import { judgeOrQueue } from '../judgement/judge-or-queue';
import { keepLogRow } from '../judgement/keep-log-row';

/** The means to answer a postback, beside its deadline. */
interface AnsweredWith {
  readonly stores: JudgementStores;
  readonly queue: RetryQueue;
  readonly limit: ReturnType<typeof floodLimit>;
}

/**
 * Judges a postback and answers it. One that lists several conversions is as many postbacks, one after the other; a stranger's is rejected
 * once.
 */
export async function answerPostback(
  submission: Submission,
  around: AnsweredWith,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const first = await answerOne(submission, around, deadline);
  const others: Judged[] = [];
  const { facts } = first;
  const { authenticated, covered, trust } = facts;
  const isStrangers = trust === 'none' && first.verdict.result === 'rejected';
  const known = authenticated === undefined ? { request: submission.request } : { request: covered, authenticated };
  const parts = isStrangers ? 1 : (facts.parts ?? 1);
  for (let part = 2; part <= parts; part++) {
    const requestId = batchRowId(submission.requestId, part);
    others.push(await answerOne({ ...submission, ...known, requestId, part }, around, deadline));
  }
  const fields = facts.dryRun ? explain(facts.clickIdValue, facts.values, facts.reading) : undefined;
  const verdicts = [first, ...others].map(({ verdict }) => verdict);
  return httpResult(answerOf(verdictOfAll(verdicts), facts.integration, fields));
}

/** Judges one postback, or queues it, and keeps its log row and its counts. */
async function answerOne(
  submission: Submission,
  { stores, queue, limit }: AnsweredWith,
  deadline: Deadline,
): Promise<Judged> {
  const began = Date.now();
  const { request, requestId } = submission;
  const own = await judgeOrQueue(submission, stores, queue, deadline);
  const limited = own.facts.trust === 'none' ? limit(own.verdict.reason, request.sourceIp) : undefined;
  const judged = limited === undefined ? own : await rejectedWith(submission, own.facts, limited, stores);
  const [lostRow] = await Promise.all([
    keepLogRow(judged, stores.postbackLog, queue, deadline),
    noteKeyUse(submission, judged.facts, stores.keyUse, deadline),
  ]);
  const { verdict, facts } = judged;
  emit(
    { ...countsOfReceived(verdict, facts.trust), ...(lostRow && { [metric.logRowLost]: 1 }) },
    {
      result: verdict.result,
      reason: verdict.reason,
      integration: facts.integrationId,
      warnings: warningsField(verdict, facts.trust),
    },
    {
      requestId,
      httpStatus: verdict.httpStatus,
      campaign: facts.campaignId,
      milliseconds: Date.now() - began,
    },
  );
  return judged;
}
