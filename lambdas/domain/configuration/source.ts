import * as v from 'valibot';
import { conversionStatuses } from '../conversion/status';
import { currency, displayName, eventName, webAddress } from './fields';
import { sourcePostback } from './source-postback';

export const sourceSchema = v.strictObject({
  name: displayName,
  parameters: v.optional(v.record(v.pipe(v.string(), v.maxLength(64)), v.pipe(v.string(), v.maxLength(64)))),
  /** The currency of the costs that its links carry; without one they are counted, and added to no sum of money. */
  cost: v.optional(v.strictObject({ currency })),
  /** What the source is told of the conversions of its clicks. */
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
