import { campaignSchema } from './campaign';
import type { DocumentReading } from './document';
import { readBySchema } from './document-reading';
import { integrationSchema } from './integration';

/** The kinds that a click or a postback is served by. Functions that read no other load no other schemas. */
export type ServedKind = 'campaign' | 'integration';

const readers: { readonly [Kind in ServedKind]: (input: unknown) => DocumentReading<Kind> } = {
  campaign: (input) => readBySchema(campaignSchema, input),
  integration: (input) => readBySchema(integrationSchema, input),
};

/** Reads a document of such a kind; every wrong field is named with its path. */
export function readServedDocument<Kind extends ServedKind>(kind: Kind, input: unknown): DocumentReading<Kind> {
  return readers[kind](input);
}
