import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import { httpResult } from '../adapters/http-event';
import { emit } from '../adapters/metrics';
import type { RetryQueue } from '../adapters/retry-queue';
import * as metric from '../counters';
import { answerOf } from '../domain/verdict/answer';
import { reasons } from '../domain/values/reasons';
import type { Verdict } from '../domain/verdict/verdict';
import type { JudgementStores } from '../judgement/judge';
import { logRowOf } from '../judgement/log-row-of';
import { firstFacts } from '../judgement/receive';
import type { Submission } from '../judgement/submission';
import { keepLogRow } from '../judgement/keep-log-row';

const reason = 'INTEGRATION_UNKNOWN';

/**
 * Answers a path that no rule knows with 404. It counts as no postback, since any scanner may ask for any path; a sampled log row shows
 * where the postbacks of a mistyped URL went.
 */
export async function answerUnknownPath(
  submission: Submission,
  { postbackLog, logRetentionDays }: JudgementStores,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const verdict: Verdict = {
    ...reasons[reason],
    reason,
    message: 'Nothing is at this path. Postbacks go to /postback or /postback/{integration}, clicks to /c/{campaign}.',
    requestId: submission.requestId,
    warnings: [],
  };
  const facts = firstFacts(submission);
  const row = logRowOf(submission, facts, verdict, logRetentionDays);
  const lostRow = await keepLogRow({ row, verdict, facts, logged: false }, postbackLog, queue, deadline);
  if (lostRow) emit({ [metric.logRowLost]: 1 }, { reason });
  return httpResult(answerOf(verdict, undefined));
}
