import type { Integration } from '../configuration/integration';
import type { FieldExplanation } from '../request/explanation';
import type { Verdict } from './verdict';

/** What goes back over HTTP. */
export interface PostbackAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const retryAfterSeconds = 30;

/** Verdicts that nothing may turn into a success: what is not kept must be sent again. */
const neverAcknowledged: readonly string[] = ['SYSTEM_ERROR', 'RATE_LIMITED'];

/**
 * The answer for a verdict: JSON, or the literal that the integration asks for its result. `always-200` turns a
 * refusal into a 200, for networks that retry forever on a 4xx; it never turns "nothing was kept" into one.
 * @param fields what came and what it was read as, for a dry run
 */
export function answerOf(
  verdict: Verdict,
  integration: Integration | undefined,
  fields?: readonly FieldExplanation[],
): PostbackAnswer {
  const kept = !neverAcknowledged.includes(verdict.reason);
  const statusCode = kept && integration?.respond === 'always-200' ? 200 : verdict.httpStatus;
  const headers = {
    'cache-control': 'no-store',
    'x-request-id': verdict.requestId,
    ...(!kept && { 'retry-after': String(retryAfterSeconds) }),
  };
  const literal = kept ? literalOf(verdict, integration) : undefined;
  if (literal !== undefined) {
    return {
      statusCode,
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', 'x-postback-reason': verdict.reason },
      body: literal,
    };
  }
  const { result, reason, message, requestId, conversion, warnings } = verdict;
  return {
    statusCode,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ result, reason, message, requestId, conversion, warnings, fields }),
  };
}

/** The literal of the result, else the one for all that was taken. A refusal and a dry run have one only where it is named for them. */
function literalOf({ result, httpStatus }: Verdict, integration: Integration | undefined): string | undefined {
  const { literal, ...byResult } = integration?.reply ?? {};
  if (result !== 'error' && byResult[result] !== undefined) return byResult[result];
  return httpStatus < 300 && result !== 'dry_run' ? literal : undefined;
}

const gravity: readonly Verdict['result'][] = ['error', 'rejected', 'queued'];

/** The verdict that a request with several conversions is answered with: the first that says to send it again, else the first. */
export function gravestOf(verdicts: readonly Verdict[]): Verdict {
  for (const result of gravity) {
    const found = verdicts.find((verdict) => verdict.result === result);
    if (found !== undefined) return found;
  }
  const [first] = verdicts;
  if (first === undefined) throw new Error('a request has at least one verdict');
  return first;
}
