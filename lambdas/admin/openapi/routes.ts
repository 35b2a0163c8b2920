import * as v from 'valibot';
import type { Description } from '../http/description';
import { meAnswer } from '../me/me';
import { noParameters } from '../http/query-parameters';

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

export const meDescription: Description = {
  id: 'getMe',
  tag: 'This API',
  summary: 'Who the caller is taken for, and which stage answers',
  query: noParameters,
  answers: [{ status: 200, when: 'Caller and stage', shapes: { Me: meAnswer } }],
  errors: [],
};
