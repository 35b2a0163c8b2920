import type { Description } from '../description';
import { connectionAnswer } from '../integration-keys';
import { sheetQuery } from '../integration-sheet';
import { noParameters } from '../query-parameters';
import { testClickAnswer, testClickSchema } from '../test-clicks';
import { testPageQuery } from '../test-page/page';

const tag = 'Senders';

export const postbackUrlDescription: Description = {
  id: 'getPostbackUrl',
  tag,
  summary: "The URL to paste into the sender's system, with its token and keys",
  details: 'Treat the answer like a password.',
  query: noParameters,
  answers: [{ status: 200, when: 'The connection', shapes: { Connection: connectionAnswer }, versioned: true }],
  errors: ['ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
};

export const rotationDescription: Description = {
  id: 'rotateKeys',
  tag,
  summary: 'Makes new keys; those before them stay valid until the next rotation',
  details: 'Two rotations by mistake refuse a key that is in use: send If-Match, and a repetition is a 409.',
  query: noParameters,
  conditional: true,
  answers: [{ status: 200, when: 'The new connection', shapes: { Connection: connectionAnswer }, versioned: true }],
  errors: ['HEADER_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE', 'VERSION_CONFLICT'],
};

export const sheetDescription: Description = {
  id: 'getIntegrationSheet',
  tag,
  summary: 'What to hand to whoever sends: everything about this integration, as Markdown',
  query: sheetQuery,
  answers: [{ status: 200, when: 'The sheet', mediaType: 'text/markdown; charset=utf-8', versioned: true }],
  errors: ['ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
};

export const testClickDescription: Description = {
  id: 'makeTestClick',
  tag,
  summary: 'Makes a click flagged as a test, and the postback that goes with it',
  query: noParameters,
  body: { name: 'TestClickOrder', schema: testClickSchema },
  answers: [{ status: 201, when: 'The click is stored', shapes: { TestClick: testClickAnswer } }],
  errors: ['BODY_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
};

export const testPageDescription: Description = {
  id: 'getTestPage',
  tag,
  summary: 'A page for the browser that simulates a conversion',
  query: testPageQuery,
  answers: [{ status: 200, when: 'The page', mediaType: 'text/html; charset=utf-8' }],
  errors: [],
};
