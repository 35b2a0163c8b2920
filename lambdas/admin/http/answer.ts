import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { FieldProblem } from '../../domain/configuration/reserved-names';
import { errors, type ErrorCode, type ErrorFields } from './errors';

export type Answer = APIGatewayProxyStructuredResultV2;

/** Answers hold tokens and what senders sent: nothing on the way may keep them. */
const usualHeaders = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

export function adminJson(statusCode: number, body: object, more: Readonly<Record<string, string>> = {}): Answer {
  return { statusCode, headers: { ...usualHeaders, ...more }, body: JSON.stringify(body) };
}

/** An answer in another format than JSON, for people. */
export function document(contentType: string, body: string, more: Readonly<Record<string, string>> = {}): Answer {
  return { statusCode: 200, headers: { ...usualHeaders, 'content-type': contentType, ...more }, body };
}

export function noContent(): Answer {
  return { statusCode: 204, headers: { 'cache-control': 'no-store' } };
}

/** One page of a list; a cursor where there is, or may be, more. */
export function list(items: readonly object[], cursor?: string): Answer {
  return adminJson(200, { items, ...(cursor !== undefined && { cursor }) });
}

/** An error of the admin API, with what its caller needs to fix the request. */
export class AdminError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AdminError';

  constructor(
    readonly code: Code,
    message: string,
    readonly fields: ErrorFields<Code>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export function errorAnswer<Code extends ErrorCode>(
  code: Code,
  message: string,
  fields: ErrorFields<Code>,
  more: Readonly<Record<string, string>> = {},
): Answer {
  return adminJson(errors[code].status, { error: code, message, ...fields }, more);
}

type CodeWithProblems = {
  [Code in ErrorCode]: ErrorFields<Code> extends { problems?: unknown } ? Code : never;
}[ErrorCode];

/** A rejection of fields or parameters: every one is named, in the message for people and in a list for programs. */
export class FieldsError extends AdminError<CodeWithProblems> {
  constructor(
    code: CodeWithProblems,
    what: string,
    readonly problems: readonly FieldProblem[],
  ) {
    const described = problems.map(({ path, problem }) => (path === '' ? problem : `${path}: ${problem}`));
    super(code, `${what}: ${described.join('; ')}`, { problems: [...problems] });
  }
}

export function fieldsError(code: CodeWithProblems, what: string, problems: readonly FieldProblem[]): AdminError {
  return new FieldsError(code, what, problems);
}

export function rejectionOfParameter(name: string, problem: string): AdminError {
  return fieldsError('PARAMETER_INVALID', 'The query string is wrong', [{ path: name, problem }]);
}

export function notFound(message: string): AdminError {
  return new AdminError('NOT_FOUND', message, {});
}
