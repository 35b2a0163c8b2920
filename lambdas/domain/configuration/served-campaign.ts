import { campaignSchema } from './campaign';
import type { DocumentReading } from './document';
import { readBySchema } from './document-reading';

/** Reads the one kind that a click is served by: its function loads neither integrations nor presets. */
export function readServedCampaign<Kind extends 'campaign'>(_kind: Kind, input: unknown): DocumentReading<Kind> {
  return readBySchema<Kind>(campaignSchema, input);
}
