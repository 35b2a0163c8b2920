import { readBodyText, type BodyReading } from '../text/body-text';
import { BudgetExceeded, ReadingBudget } from '../text/budget';
import { holdsClickIdShape } from '../click/click-id-runs';
import { addText } from '../text/json';
import { type Parameter, readQuery, type QueryReading } from '../text/query';

import type { Warning } from '../values/reasons';

export type ParametersReading =
  | { readonly ok: true; readonly parameters: readonly Parameter[]; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly reason: 'TOO_LARGE' | 'BODY_INVALID'; readonly message: string };

/** Reads a query and the text of a body as `readParameters` reads a request. */
export function readTextParameters(rawQuery: string, body: string, userAgent: string): ParametersReading {
  const budget = new ReadingBudget();
  return within(() =>
    mergeParameters(readQuery(rawQuery, 'query', budget), readBodyText(body, undefined, budget), userAgent, budget),
  );
}

/** Runs a reading; one that exceeds the budget is `TOO_LARGE`. */
export function within(read: () => ParametersReading): ParametersReading {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return { ok: false, reason: 'TOO_LARGE', message: error.message };
  }
}

/** Makes one list of what query and body say. */
export function mergeParameters(
  query: QueryReading,
  body: BodyReading,
  userAgent: string | undefined,
  budget: ReadingBudget,
): ParametersReading {
  // An unreadable body must not lose a conversion whose click ID is in the query.
  if (!body.ok && !query.parameters.some(({ value }) => holdsClickIdShape(value))) {
    return { ok: false, reason: 'BODY_INVALID', message: body.message };
  }
  const parameters: Parameter[] = [];
  for (const parameter of [...query.parameters, ...(body.ok ? body.parameters : [])]) {
    if (parameter.origin === 'json') parameters.push(parameter);
    else addText({ ...parameter, text: parameter.value, depth: 0 }, budget, parameters);
  }
  const repairs = [...query.repairs, ...(body.ok ? body.repairs : [])];
  return { ok: true, parameters, warnings: warningsOf(repairs, body.ok ? undefined : body.message, userAgent) };
}

function warningsOf(
  repairs: readonly string[],
  bodyProblem: string | undefined,
  userAgent: string | undefined,
): readonly Warning[] {
  const warnings: Warning[] = repairs.map((repair) => ({
    code: 'QUERY_REPAIRED',
    message: `Understood, but ${repair}.`,
  }));
  if (bodyProblem !== undefined) {
    warnings.push({ code: 'BODY_IGNORED', message: `Only the query was read. ${bodyProblem.split('. ')[0]}.` });
  }
  if (userAgent === undefined) {
    warnings.push({
      code: 'USER_AGENT_MISSING',
      message:
        'The request has no User-Agent header. We take it all the same; firewalls on the way may drop such requests.',
    });
  }
  return warnings;
}
