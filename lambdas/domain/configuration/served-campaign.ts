import { campaignSchema } from './campaign';
import type { DocumentReading } from './document';
import { readBySchema } from './document-reading';

const readers: { readonly [Kind in 'campaign']: (input: unknown) => DocumentReading<Kind> } = {
  campaign: (input) => readBySchema(campaignSchema, input),
};

/** Reads the one kind that a click is served by: its function loads neither integrations nor presets. */
export function readServedCampaign<Kind extends 'campaign'>(kind: Kind, input: unknown): DocumentReading<Kind> {
  return readers[kind](input);
}
