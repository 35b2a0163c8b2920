import { noFields } from '../http/body';
import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import {
  credentialsAnswer,
  getIntegrationKeys,
  getPostbackUrl,
  keysAnswer,
  postbackUrlAnswer,
  readCredentials,
  rotateIntegrationKeys,
} from './keys';

const tag = 'Senders';

const noBody = { name: 'NoFields', schema: noFields, optional: true } as const;

export const integrationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'integrations/{id}/postback-url',
    run: getPostbackUrl,
    description: {
      id: 'getPostbackUrl',
      tag,
      summary: "The URL to paste into the sender's system, in that system's own tokens, with its secrets masked",
      query: noParameters,
      answers: [{ status: 200, when: 'The URL', shapes: { PostbackUrl: postbackUrlAnswer }, versioned: true }],
      errors: ['ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
    },
  },
  {
    method: 'POST',
    path: 'integrations/{id}/credentials',
    run: readCredentials,
    description: {
      id: 'readCredentials',
      tag,
      summary: 'The URL with its token, the token, and the key of signatures',
      details: 'Treat the answer like a password. It is a POST so that the log tells who asked for it.',
      query: noParameters,
      body: noBody,
      answers: [{ status: 200, when: 'The credentials', shapes: { Credentials: credentialsAnswer }, versioned: true }],
      errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
    },
  },
  {
    method: 'GET',
    path: 'integrations/{id}/keys',
    run: getIntegrationKeys,
    description: {
      id: 'listKeys',
      tag,
      summary: 'The keys that are accepted, and when a sender last used each',
      query: noParameters,
      answers: [{ status: 200, when: 'The keys, the current one first', shapes: { Keys: keysAnswer } }],
      errors: ['ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
    },
  },
  {
    method: 'POST',
    path: 'integrations/{id}/keys',
    run: rotateIntegrationKeys,
    description: {
      id: 'rotateKeys',
      tag,
      summary: 'Makes new keys; those before them stay valid until the next rotation',
      details: 'Two rotations by mistake refuse a key that is in use: send If-Match, and a repetition is a 409.',
      query: noParameters,
      body: noBody,
      conditional: true,
      answers: [
        { status: 200, when: 'The new credentials', shapes: { Credentials: credentialsAnswer }, versioned: true },
      ],
      errors: ['BODY_INVALID', 'HEADER_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE', 'VERSION_CONFLICT'],
    },
  },
];
