import type { Integration } from '../configuration/integration';
import type { FieldExplanation } from '../request/explanation';
import type { Verdict } from './verdict';

/** The HTTP response. */
export interface PostbackAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const retryAfterSeconds = 30;

/** Verdicts that are never answered as a success: a postback that is not kept must be sent again. */
const neverAcknowledged: readonly string[] = ['SYSTEM_ERROR', 'RATE_LIMITED'];

/**
 * The answer for a verdict: JSON, or the literal that the integration asks for its result. `always-200` turns a
 * rejection into a 200, for networks that retry forever on a 4xx; it never turns "nothing was kept" into one.
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

/** The literal of the result, else the one for all that was taken. A rejection and a dry run have one only where it is named for them. */
function literalOf({ result, httpStatus }: Verdict, integration: Integration | undefined): string | undefined {
  const { literal, ...byResult } = integration?.reply ?? {};
  if (result !== 'error' && byResult[result] !== undefined) return byResult[result];
  return httpStatus < 300 && result !== 'dry_run' ? literal : undefined;
}

/**
 * The gravest first: a postback that must be sent again, one that may still fail, and one that was not counted though it says something
 * new.
 */
const gravity: readonly ((verdict: Verdict) => boolean)[] = [
  ({ result }) => result === 'error',
  ({ result }) => result === 'rejected',
  ({ result }) => result === 'queued',
  ({ reason }) => reason === 'CONFLICTING_DUPLICATE',
  () => true,
];

/** Warnings of all conversions of a request that its answer shows. */
const shownWarnings = 20;

/**
 * The verdict that a request with several conversions is answered with: the gravest, else the first. It says how many came, what became of
 * them and of which one it speaks, and has the warnings of all.
 */
export function verdictOfAll(verdicts: readonly Verdict[]): Verdict {
  const found = gravity.map((isSo) => verdicts.find(isSo)).find((verdict) => verdict !== undefined);
  if (found === undefined) throw new Error('a request has at least one verdict');
  if (verdicts.length === 1) return found;
  const counts = new Map<string, number>();
  for (const { result } of verdicts) counts.set(result, (counts.get(result) ?? 0) + 1);
  const became = [...counts].map(([result, count]) => `${count} ${result}`).join(', ');
  const message = `${verdicts.length} conversions came: ${became}. Number ${verdicts.indexOf(found) + 1}: ${found.message}`;
  const warnings = new Map(
    verdicts.flatMap((verdict) => verdict.warnings).map((warning) => [`${warning.code} ${warning.message}`, warning]),
  );
  return { ...found, message, warnings: [...warnings.values()].slice(0, shownWarnings) };
}
