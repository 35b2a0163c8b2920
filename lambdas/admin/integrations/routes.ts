import { pageOf } from '../http/answer-schema';
import type { Description } from '../http/description';
import { noFields } from '../http/body';
import { credentialsAnswer, keysAnswer, postbackUrlAnswer } from './keys';
import { presetAnswer } from '../presets/presets';
import { noParameters } from '../http/query-parameters';
import { testClickAnswer, testClickSchema } from '../clicks/test-clicks';
import { testPageQuery } from '../test-page/page';

const tag = 'Senders';

export const postbackUrlDescription: Description = {
  id: 'getPostbackUrl',
  tag,
  summary: "The URL to paste into the sender's system, in that system's own tokens, with its secrets masked",
  query: noParameters,
  answers: [{ status: 200, when: 'The URL', shapes: { PostbackUrl: postbackUrlAnswer }, versioned: true }],
  errors: ['ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
};

const noBody = { name: 'NoFields', schema: noFields, optional: true } as const;

export const credentialsDescription: Description = {
  id: 'readCredentials',
  tag,
  summary: 'The URL with its token, the token, and the key of signatures',
  details: 'Treat the answer like a password. It is a POST so that the log tells who asked for it.',
  query: noParameters,
  body: noBody,
  answers: [{ status: 200, when: 'The credentials', shapes: { Credentials: credentialsAnswer }, versioned: true }],
  errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
};

export const keysDescription: Description = {
  id: 'listKeys',
  tag,
  summary: 'The keys that are accepted, and when a sender last used each',
  query: noParameters,
  answers: [{ status: 200, when: 'The keys, the current one first', shapes: { Keys: keysAnswer } }],
  errors: ['ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
};

export const rotationDescription: Description = {
  id: 'rotateKeys',
  tag,
  summary: 'Makes new keys; those before them stay valid until the next rotation',
  details: 'Two rotations by mistake refuse a key that is in use: send If-Match, and a repetition is a 409.',
  query: noParameters,
  body: noBody,
  conditional: true,
  answers: [{ status: 200, when: 'The new credentials', shapes: { Credentials: credentialsAnswer }, versioned: true }],
  errors: ['BODY_INVALID', 'HEADER_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE', 'VERSION_CONFLICT'],
};

export const sheetDescription: Description = {
  id: 'getIntegrationSheet',
  tag,
  summary: 'What to hand to whoever sends: everything about this integration, as Markdown',
  query: noParameters,
  answers: [{ status: 200, when: 'The sheet', mediaType: 'text/markdown; charset=utf-8', versioned: true }],
  errors: ['ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
};

export const sheetWithTokenDescription: Description = {
  id: 'readSheetWithToken',
  tag,
  summary: 'The same sheet with the token in its URLs',
  details: 'Treat the sheet like a password. It is a POST so that the log tells who asked for it.',
  query: noParameters,
  body: noBody,
  answers: [{ status: 200, when: 'The sheet', mediaType: 'text/markdown; charset=utf-8', versioned: true }],
  errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
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

export const presetsDescription: Description = {
  id: 'listPresets',
  tag,
  summary: 'The systems that are known: what to set in each, and the tokens of its URLs',
  query: noParameters,
  answers: [{ status: 200, when: 'All of them', shapes: { PresetList: pageOf(presetAnswer) } }],
  parts: { Preset: presetAnswer },
  errors: [],
};
