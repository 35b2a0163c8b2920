import * as v from 'valibot';
import { json } from '../http/answer';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import { loopback } from '../http/request';
import type { Route } from '../http/route';
import { openApiDocument } from './document';

/** The route of the OpenAPI document, which is made per request: no other request waits for it. */
export function openApiRoutes(routes: () => readonly Route[]): readonly Route[] {
  return [
    {
      method: 'GET',
      path: 'openapi.json',
      run: async (request) => {
        readQueryParameters(request, noParameters);
        return json(200, openApiDocument(routes(), !loopback.test(new URL(request.baseUrl).host)));
      },
      description: {
        id: 'getOpenApi',
        tag: 'This API',
        summary: 'This document',
        query: noParameters,
        answers: [
          {
            status: 200,
            when: 'An OpenAPI 3.1 document',
            shapes: { OpenApiDocument: v.looseObject({ openapi: v.literal('3.1.0') }) },
          },
        ],
        errors: [],
      },
    },
  ];
}
