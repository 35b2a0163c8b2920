import * as v from 'valibot';
import { Failure, type FailureKind } from '../failure';

/** The body of an error of the admin API; errors of API Gateway, in front of it, have `message` alone. */
const errorBody = v.looseObject({
  error: v.optional(v.string()),
  message: v.optional(v.string()),
  requestId: v.optional(v.string()),
  problems: v.optional(v.array(v.looseObject({ path: v.string(), problem: v.string() }))),
});

export type ErrorBody = v.InferOutput<typeof errorBody>;

/** A rejection by the API. */
export class ApiFailure extends Failure {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    kind: FailureKind,
    message: string,
    hint?: string,
  ) {
    super(kind, message, hint === undefined ? {} : { hint });
  }
}

/** Converts a response other than 2xx to a failure. */
export function apiFailureOf(status: number, text: string, url: URL): ApiFailure {
  const body = readErrorBody(text);
  const explanation = body.message ?? body.error ?? (text.trim().slice(0, 300) || 'no reason was given');
  const { kind, message, hint } = meaningOf(status, body, explanation, url);
  return new ApiFailure(status, body, kind, message, hint);
}

interface Meaning {
  readonly kind: FailureKind;
  readonly message: string;
  readonly hint?: string;
}

function meaningOf(status: number, { error, requestId }: ErrorBody, explanation: string, url: URL): Meaning {
  if (status === 404 && error === 'NOT_FOUND') return { kind: 'notFound', message: explanation };
  if (status === 409 || (status === 403 && error !== undefined)) return { kind: 'rejected', message: explanation };
  if ([400, 413, 415].includes(status) && error !== undefined) return { kind: 'usage', message: explanation };
  const kind = 'unreachable';
  if (status === 401 || status === 403) {
    const hint =
      'The AWS identity in use must be allowed execute-api:Invoke on the admin routes; --profile takes another.';
    return { kind, message: `The tracker denied access: ${explanation}.`, hint };
  }
  if (status === 429) return { kind, message: 'The tracker asks to slow down.', hint: 'Try again in a moment.' };
  if (status >= 500) {
    const message = error === undefined ? `The tracker answered ${status}: ${explanation}` : explanation;
    const request = requestId === undefined ? '' : ` The request ID is ${requestId}.`;
    return { kind, message, hint: `Run "tracker status" for the cause.${request}` };
  }
  const hint = 'Check that the address is a tracker of the same version as this command.';
  return { kind, message: `${url.origin}${url.pathname} answered ${status}: ${explanation}`, hint };
}

function readErrorBody(text: string): ErrorBody {
  try {
    const reading = v.safeParse(errorBody, JSON.parse(text));
    return reading.success ? reading.output : {};
  } catch {
    return {};
  }
}
