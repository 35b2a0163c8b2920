import { readBody } from '../text/body';
import { ReadingBudget } from '../text/budget';
import { mergeParameters, within, type ParametersReading } from './parameter-merging';
import { readQuery } from '../text/query';
import type { PostbackRequest } from '../text/postback-request';

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
