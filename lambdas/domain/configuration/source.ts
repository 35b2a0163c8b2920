import * as v from 'valibot';
import { conversionStatuses } from '../values/status';
import { currency, displayName, eventName, notBlank, webAddress } from './fields';
import { sourcePostback } from './source-postback';

export const sourceSchema = v.strictObject({
  name: displayName,
  parameters: v.optional(v.record(v.pipe(v.string(), v.maxLength(64)), v.pipe(v.string(), v.maxLength(64)))),
  /** The parameter of its links with the cost of a click (`cost` by default), and the currency of that cost. */
  cost: v.optional(
    v.strictObject({
      parameter: v.optional(
        v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(64), v.metadata(notBlank)),
      ),
      currency,
    }),
  ),
  /** Postbacks to the source about conversions of its clicks. */
  postbacks: v.optional(v.pipe(v.array(sourcePostback), v.maxLength(20))),
  /** As the first release took it, which reported nothing. It stays readable, and is not taken any more. */
  postback: v.optional(
    v.strictObject({
      url: webAddress,
      statuses: v.optional(v.array(v.picklist(conversionStatuses))),
      events: v.optional(v.array(eventName)),
    }),
  ),
});

/** A traffic source that clicks come from. */
export type Source = v.InferOutput<typeof sourceSchema>;
