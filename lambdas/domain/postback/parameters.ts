import { readBody } from './body';
import { BudgetExceeded, ReadingBudget } from './budget';
import { holdsClickIdShape } from './click-id-text';
import { addText } from './json';
import { readQuery } from './query';
import type { PostbackRequest } from './request';
import type { Warning } from './verdict';

/** One parameter as it was sent, decoded and trimmed, its name in the letters that it came in. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly origin: 'query' | 'form' | 'json';
}

export type ParametersReading =
  | { readonly ok: true; readonly parameters: readonly Parameter[]; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly reason: 'TOO_LARGE' | 'BODY_INVALID'; readonly message: string };

/**
 * Reads query and body into one list of parameters: who sends part of them here and part there means one postback.
 * @param budget what reading may cost; its counters tell what it did cost
 */
export function readParameters(request: PostbackRequest, budget = new ReadingBudget()): ParametersReading {
  try {
    return readWithin(budget, request);
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return { ok: false, reason: 'TOO_LARGE', message: error.message };
  }
}

function readWithin(budget: ReadingBudget, request: PostbackRequest): ParametersReading {
  const query = readQuery(request.rawQuery, 'query', budget);
  const body = readBody(request.body, request.headers, budget);
  // Where the query says whose conversion it is, a body that nobody can read is no reason to lose it.
  if (!body.ok && !query.parameters.some(({ value }) => holdsClickIdShape(value))) {
    return { ok: false, reason: 'BODY_INVALID', message: body.message };
  }
  const parameters: Parameter[] = [];
  for (const parameter of [...query.parameters, ...(body.ok ? body.parameters : [])]) {
    if (parameter.origin === 'json') parameters.push(parameter);
    else addText({ ...parameter, text: parameter.value, depth: 0 }, budget, parameters);
  }
  const repairs = [...query.repairs, ...(body.ok ? body.repairs : [])];
  return { ok: true, parameters, warnings: warningsOf(repairs, body.ok ? undefined : body.message, request) };
}

function warningsOf(
  repairs: readonly string[],
  bodyProblem: string | undefined,
  request: PostbackRequest,
): readonly Warning[] {
  const warnings: Warning[] = repairs.map((repair) => ({
    code: 'QUERY_REPAIRED',
    message: `Understood, but ${repair}.`,
  }));
  if (bodyProblem !== undefined) {
    warnings.push({ code: 'BODY_IGNORED', message: `Only the query was read. ${bodyProblem.split('. ')[0]}.` });
  }
  if (request.headers['user-agent'] === undefined) {
    warnings.push({
      code: 'USER_AGENT_MISSING',
      message:
        'The request has no User-Agent header. We take it all the same; firewalls on the way may drop such requests.',
    });
  }
  return warnings;
}
