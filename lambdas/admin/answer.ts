import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { FieldProblem } from '../domain/configuration/document';

export type Answer = APIGatewayProxyStructuredResultV2;

/** Answers hold tokens and what senders sent: nothing on the way may keep them. */
const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

export function json(statusCode: number, body: object, more: Readonly<Record<string, string>> = {}): Answer {
  return { statusCode, headers: { ...headers, ...more }, body: JSON.stringify(body) };
}

/** An answer that is for people to read, in a format of its own. */
export function document(contentType: string, body: string, more: Readonly<Record<string, string>> = {}): Answer {
  return { statusCode: 200, headers: { ...headers, 'content-type': contentType, ...more }, body };
}

export function noContent(): Answer {
  return { statusCode: 204, headers: { 'cache-control': 'no-store' } };
}

/** One page of a list; a cursor where there is, or may be, more. */
export function list(items: readonly object[], cursor?: string): Answer {
  return json(200, { items, ...(cursor !== undefined && { cursor }) });
}

/** A request that is refused, with what its sender needs to know to mend it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly statusCode: number,
    readonly code: string,
    message: string,
    readonly details: {
      readonly problems?: readonly FieldProblem[];
      readonly headers?: Readonly<Record<string, string>>;
      readonly fields?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(message);
  }
}

export function refusalAnswer({ statusCode, code, message, details }: Refusal): Answer {
  const { problems, fields } = details;
  return json(statusCode, { error: code, message, ...fields, ...(problems && { problems }) }, details.headers);
}

/** A refusal of fields or parameters: every one is named, in the message for people and in a list for programs. */
export function refusalOfFields(code: string, what: string, problems: readonly FieldProblem[]): Refusal {
  const told = problems.map(({ path, problem }) => (path === '' ? problem : `${path}: ${problem}`));
  return new Refusal(400, code, `${what}: ${told.join('; ')}`, { problems });
}

export function refusalOfParameter(name: string, problem: string): Refusal {
  return refusalOfFields('PARAMETER_INVALID', 'The query string is wrong', [{ path: name, problem }]);
}

export function notFound(message: string): Refusal {
  return new Refusal(404, 'NOT_FOUND', message);
}
