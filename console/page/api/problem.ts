import * as v from 'valibot';

/** The reason why an answer is missing. Each kind is shown in a different way; none of them as an empty list or a zero. */
export type ProblemKind =
  | 'session-ended'
  | 'credentials-expired'
  | 'forbidden'
  | 'read-only'
  | 'not-found'
  | 'conflict'
  | 'rejected'
  | 'busy'
  | 'unreachable'
  | 'malformed'
  | 'failed';

export interface FieldProblem {
  readonly path: string;
  readonly problem: string;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly kind: ProblemKind,
    message: string,
    readonly more: {
      readonly status?: number;
      readonly code?: string | undefined;
      readonly command?: string | undefined;
      readonly requestId?: string | undefined;
      readonly retryAfterSeconds?: number | undefined;
      readonly fields?: readonly FieldProblem[] | undefined;
      readonly currentVersion?: number | undefined;
    } = {},
  ) {
    super(message);
  }
}

const rejection = v.looseObject({
  error: v.optional(v.string()),
  message: v.optional(v.string()),
  command: v.optional(v.string()),
  requestId: v.optional(v.string()),
  currentVersion: v.optional(v.number()),
  problems: v.optional(v.array(v.object({ path: v.string(), problem: v.string() }))),
});

/** Returns the meaning of an answer other than 2xx. */
export function problemOf(status: number, text: string, retryAfter: string | null): Problem {
  const body = readRejection(text);
  const message = body.message ?? `The console's server answered ${status} without a reason.`;
  const seconds = Number(retryAfter ?? NaN);
  return new Problem(kindOf(status, body.error), message, {
    status,
    code: body.error,
    command: body.command,
    requestId: body.requestId,
    currentVersion: body.currentVersion,
    fields: body.problems,
    ...(Number.isFinite(seconds) && seconds > 0 && { retryAfterSeconds: seconds }),
  });
}

function kindOf(status: number, code: string | undefined): ProblemKind {
  if (code === 'CREDENTIALS_EXPIRED') return 'credentials-expired';
  if (status === 401) return 'session-ended';
  if (code === 'READ_ONLY') return 'read-only';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 429 || status === 503) return 'busy';
  return status < 500 ? 'rejected' : 'failed';
}

function readRejection(text: string): v.InferOutput<typeof rejection> {
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), rejection), text);
  return reading.success ? reading.output : {};
}

export const isProblem = (thrown: unknown): thrown is Problem => thrown instanceof Problem;
