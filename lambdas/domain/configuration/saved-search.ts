import * as v from 'valibot';
import { displayName } from './fields';

const condition = v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty'), v.maxLength(512)));

export const savedSearchSchema = v.strictObject({
  name: v.optional(displayName),
  since: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^(?:[1-9]\d{0,3}[mhd]|\d{4}-\d\d-\d\dT[\d:.]+Z)$/,
        'must be a stretch such as 24h, or a time such as 2026-11-01T00:00:00Z',
      ),
      v.description('How far back it looks: a stretch from now, or a time'),
    ),
  ),
  until: v.optional(
    v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, 'must be a time such as 2026-11-01T00:00:00Z')),
  ),
  ...v.entriesFromList(
    [
      'result',
      'reason',
      'warning',
      'integration',
      'campaign',
      'clickId',
      'batchId',
      'keyId',
      'transactionId',
      'requestId',
    ],
    condition,
  ),
});

/** A search of the postback log that a team makes again: the parameters of `GET /postbacks` under a name. */
export type SavedSearch = v.InferOutput<typeof savedSearchSchema>;
