import type { Collection } from './collections';
import { deleteDocument } from './deletion';
import { collectionQuery, documentQuery, getCollection, getDocumentRoute } from './reading';
import { putDocument } from './writing';
import type { Route } from '../http/route';
import { fieldsBesideDocument } from './body';
import { documentAnswers, putAnswers, unreadAnswer } from './view';
import { pageOf } from '../http/answer-schema';
import type { Description } from '../http/description';
import { noParameters } from '../http/query-parameters';
import { documentSchemas, type DocumentKind } from '../../domain/configuration/document';
import { savedSearchForm } from '../log/saved-search';
import { savedReportForm } from '../../domain/reports/saved-report';
import * as v from 'valibot';

const names = {
  campaign: 'Campaign',
  integration: 'Integration',
  source: 'Source',
  cost: 'Cost',
  rate: 'Rate',
  report: 'SavedReport',
  search: 'SavedSearch',
} as const satisfies Record<DocumentKind, string>;

const pluralOf = (noun: string): string => (noun.endsWith('ch') ? `${noun}es` : `${noun}s`);

/** The schema of a PUT. What is saved to be asked again is stored as texts, and must be the parameters of its question. */
const bodies = { ...documentSchemas, report: savedReportForm, search: savedSearchForm };

/** Returns the descriptions of a collection's routes. */
function descriptionsOf({ kind }: Collection): Readonly<Record<'list' | 'get' | 'put' | 'delete', Description>> {
  const name = names[kind];
  const shown = { [name]: documentAnswers[kind], UnreadDocument: unreadAnswer };
  const tag = 'Configuration';
  return {
    list: {
      id: `list${pluralOf(name)}`,
      tag,
      summary: `All ${pluralOf(kind)} that exist, by ID`,
      query: collectionQuery,
      answers: [
        {
          status: 200,
          when: 'A page of them',
          shapes: { [`${name}List`]: pageOf(v.union([documentAnswers[kind], unreadAnswer])) },
        },
      ],
      errors: [],
    },
    get: {
      id: `get${name}`,
      tag,
      summary: `One ${kind}, or its history`,
      query: documentQuery,
      answers: [
        {
          status: 200,
          when: `The ${kind}; with \`history=1\` a page of its versions`,
          shapes: { ...shown, [`${name}List`]: pageOf(v.union([documentAnswers[kind], unreadAnswer])) },
          versioned: true,
        },
      ],
      errors: ['ID_INVALID', 'NOT_FOUND'],
    },
    put: {
      id: `put${name}`,
      tag,
      summary: `Makes a ${kind}, or its next version`,
      details:
        'GET, edit, PUT: what GET adds may stay. `version` in the body, or If-Match, is the version that the change is based on; ' +
        'without either the last change wins. The same content again makes no version.',
      query: noParameters,
      body: { name: `${name}Document`, schema: bodies[kind], beside: fieldsBesideDocument(kind) },
      conditional: true,
      answers: [
        {
          status: 200,
          when: 'Changed, or there already',
          shapes: { [`${name}Put`]: putAnswers[kind] },
          versioned: true,
        },
        { status: 201, when: 'Made', shapes: { [`${name}Put`]: putAnswers[kind] }, versioned: true },
      ],
      errors: ['BODY_INVALID', 'DOCUMENT_INVALID', 'HEADER_INVALID', 'ID_INVALID', 'TOO_LARGE', 'VERSION_CONFLICT'],
    },
    delete: {
      id: `delete${name}`,
      tag,
      summary: `Ends a ${kind}; its history stays`,
      query: noParameters,
      conditional: true,
      answers: [{ status: 204, when: 'Deleted' }],
      errors: [
        'HEADER_INVALID',
        'ID_INVALID',
        'NOT_FOUND',
        'VERSION_CONFLICT',
        ...(kind === 'integration' ? (['IN_USE'] as const) : []),
      ],
    },
  };
}

/** The four routes of a collection. */
export function collectionRoutes(collection: Collection): readonly Route[] {
  const description = descriptionsOf(collection);
  const one = `${collection.name}/{id}`;
  return [
    { method: 'GET', path: collection.name, run: getCollection(collection), description: description.list },
    { method: 'GET', path: one, run: getDocumentRoute(collection), description: description.get },
    { method: 'PUT', path: one, run: putDocument(collection), description: description.put },
    { method: 'DELETE', path: one, run: deleteDocument(collection), description: description.delete },
  ];
}
