import * as v from 'valibot';
import type { Description } from '../description';
import { noParameters } from '../query-parameters';

export const openApiDescription: Description = {
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
};
