import { readBody } from './body';
import { flattenJsonText } from './json';
import { readQuery } from './query';
import { maximumBodyBytes, maximumParameters, type PostbackRequest } from './request';
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

/** Reads query and body into one list of parameters: who sends part of them here and part there means one postback. */
export function readParameters(request: PostbackRequest): ParametersReading {
  if (request.body.length > maximumBodyBytes) {
    return {
      ok: false,
      reason: 'TOO_LARGE',
      message: `The body has ${request.body.length} bytes; one postback takes ${maximumBodyBytes}. Send many conversions as a batch to /postbacks/{integration}.`,
    };
  }
  const query = readQuery(request.rawQuery, 'query');
  const body = readBody(request.body, request.headers['content-type']);
  if (!body.ok) return { ok: false, reason: 'BODY_INVALID', message: body.message };
  const sent = [...query.parameters, ...body.parameters];
  const parameters = sent.flatMap((parameter) =>
    parameter.origin === 'json' ? [parameter] : [parameter, ...flattenJsonText(parameter)],
  );
  if (parameters.length > maximumParameters) {
    return {
      ok: false,
      reason: 'TOO_LARGE',
      message: `The postback has ${parameters.length} parameters; ${maximumParameters} are read. Leave out those that the integration does not name.`,
    };
  }
  return { ok: true, parameters, warnings: warningsOf([...query.repairs, ...body.repairs], request) };
}

function warningsOf(repairs: readonly string[], request: PostbackRequest): readonly Warning[] {
  const warnings: Warning[] = repairs.map((repair) => ({
    code: 'QUERY_REPAIRED',
    message: `Understood, but ${repair}.`,
  }));
  if (request.headers['user-agent'] === undefined) {
    warnings.push({
      code: 'USER_AGENT_MISSING',
      message:
        'The request has no User-Agent header. We take it all the same; firewalls on the way may drop such requests.',
    });
  }
  return warnings;
}
