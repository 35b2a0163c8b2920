import { pageOf } from '../http/answer-schema';
import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import { getSourceTemplates, sourceTemplateAnswer } from './source-templates';

export const sourceTemplateRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'source-templates',
    run: getSourceTemplates,
    description: {
      id: 'listSourceTemplates',
      tag: 'Deliveries',
      summary: 'The traffic sources that are known: what to set there and here',
      query: noParameters,
      answers: [{ status: 200, when: 'All of them', shapes: { SourceTemplateList: pageOf(sourceTemplateAnswer) } }],
      parts: { SourceTemplate: sourceTemplateAnswer },
      errors: [],
    },
  },
];
