import { readBody } from './body';
import { ReadingBudget } from './budget';
import { mergeParameters, within } from './parameter-merging';
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
 * @param budget what reading may cost; its counters show what it did cost
 */
export function readParameters(request: PostbackRequest, budget = new ReadingBudget()): ParametersReading {
  return within(() => {
    const query = readQuery(request.rawQuery, 'query', budget);
    const body = readBody(request.body, request.headers, budget);
    return mergeParameters(query, body, request.headers['user-agent'], budget);
  });
}
