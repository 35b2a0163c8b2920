import { json, type Answer } from '../http/answer';
import type { DescribedRoute } from '../http/description';
import { noParameters, readParameters } from '../http/query-parameters';
import { loopback, type RoutedRequest } from '../http/request';
import { openApiDocument } from './document';

/** Serves the OpenAPI document. It is made when it is asked for: no other request waits for it. */
export function getOpenApi(routes: () => readonly DescribedRoute[]) {
  return async (request: RoutedRequest): Promise<Answer> => {
    readParameters(request, noParameters);
    return json(200, openApiDocument(routes(), !loopback.test(new URL(request.baseUrl).host)));
  };
}
