import * as v from 'valibot';
import { conversionStatuses } from '../conversion/status';
import { displayName, eventName, webAddress } from './fields';

export const sourceSchema = v.strictObject({
  name: displayName,
  parameters: v.optional(v.record(v.pipe(v.string(), v.maxLength(64)), v.pipe(v.string(), v.maxLength(64)))),
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
