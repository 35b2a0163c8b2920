import { noFields } from '../http/body';
import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import { getIntegrationSheet, getSheetWithToken } from './endpoint';

const tag = 'Senders';

const noBody = { name: 'NoFields', schema: noFields, optional: true } as const;

export const sheetRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'integrations/{id}/sheet',
    run: getIntegrationSheet,
    description: {
      id: 'getIntegrationSheet',
      tag,
      summary: 'What to hand to whoever sends: everything about this integration, as Markdown',
      query: noParameters,
      answers: [{ status: 200, when: 'The sheet', mediaType: 'text/markdown; charset=utf-8', versioned: true }],
      errors: ['ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
    },
  },
  {
    method: 'POST',
    path: 'integrations/{id}/sheet',
    run: getSheetWithToken,
    description: {
      id: 'readSheetWithToken',
      tag,
      summary: 'The same sheet with the token in its URLs',
      details: 'Treat the sheet like a password. It is a POST so that the log tells who asked for it.',
      query: noParameters,
      body: noBody,
      answers: [{ status: 200, when: 'The sheet', mediaType: 'text/markdown; charset=utf-8', versioned: true }],
      errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
    },
  },
];
