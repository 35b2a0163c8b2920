import * as v from 'valibot';
import { Failure, exitCode, type ExitCode } from '../failure';

/** How the admin API says no; API Gateway, which stands before it, says `message` alone. */
const refusalBody = v.looseObject({
  error: v.optional(v.string()),
  message: v.optional(v.string()),
  requestId: v.optional(v.string()),
  problems: v.optional(v.array(v.looseObject({ path: v.string(), problem: v.string() }))),
});

export type Refusal = v.InferOutput<typeof refusalBody>;

/** The API's own answer to a request that it refused. */
export class ApiFailure extends Failure {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
    code: ExitCode,
    message: string,
    hint?: string,
  ) {
    super(code, message, hint === undefined ? {} : { hint });
  }
}

/** What an answer other than 2xx means for whoever asked. */
export function refusalOf(status: number, text: string, url: URL): ApiFailure {
  const body = readRefusal(text);
  const told = body.message ?? body.error ?? (text.trim().slice(0, 300) || 'no reason was given');
  const { code, message, hint } = meaningOf(status, body, told, url);
  return new ApiFailure(status, body, code, message, hint);
}

interface Meaning {
  readonly code: ExitCode;
  readonly message: string;
  readonly hint?: string;
}

function meaningOf(status: number, { error, requestId }: Refusal, told: string, url: URL): Meaning {
  if (status === 404 && error === 'NOT_FOUND') return { code: exitCode.notFound, message: told };
  if (status === 409 || (status === 403 && error !== undefined)) return { code: exitCode.refused, message: told };
  if ([400, 413, 415].includes(status) && error !== undefined) return { code: exitCode.usage, message: told };
  const code = exitCode.unreachable;
  if (status === 401 || status === 403) {
    const hint =
      'The AWS identity in use must be allowed execute-api:Invoke on the admin routes; --profile takes another.';
    return { code, message: `The tracker does not let us in: ${told}.`, hint };
  }
  if (status === 429) return { code, message: 'The tracker asks to slow down.', hint: 'Try again in a moment.' };
  if (status >= 500) {
    const message = error === undefined ? `The tracker answered ${status}: ${told}` : told;
    return { code, message, ...(requestId !== undefined && { hint: `requestId ${requestId}` }) };
  }
  const hint = 'Is that address a tracker, and of the same version as this command?';
  return { code, message: `${url.origin}${url.pathname} answered ${status}: ${told}`, hint };
}

function readRefusal(text: string): Refusal {
  try {
    const reading = v.safeParse(refusalBody, JSON.parse(text));
    return reading.success ? reading.output : {};
  } catch {
    return {};
  }
}
