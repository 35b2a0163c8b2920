import { ApiFailure } from '../../operator/api/api-failure';
import { Failure, messageOf } from '../../operator/failure';
import { problem, type Answered } from './answer';
import { CredentialsExpired } from './tracker-access';

/** Returns the answer to the page after a failure: the tracker's own code where it gave one, and a sentence for a person. */
export function failureAnswer(error: unknown): Answered {
  if (error instanceof CredentialsExpired) {
    return problem(401, 'CREDENTIALS_EXPIRED', error.message, { command: error.command });
  }
  if (error instanceof ApiFailure) {
    const { status, body, message, hint } = error;
    // 401 is about the session of this page alone.
    return problem(status === 401 ? 403 : status, body.error ?? 'TRACKER_REFUSED', message, {
      ...(hint !== undefined && { hint }),
    });
  }
  if (error instanceof Failure && error.kind !== 'unreachable') {
    const [status, code] =
      error.kind === 'notFound' ? ([404, 'NOT_FOUND'] as const) : ([400, 'REQUEST_INVALID'] as const);
    return problem(status, code, error.message, { ...(error.hint !== undefined && { hint: error.hint }) });
  }
  const { message, hint } = error instanceof Failure ? error : { message: messageOf(error), hint: undefined };
  return problem(502, 'TRACKER_UNREACHABLE', message, { ...(hint !== undefined && { hint }) });
}
