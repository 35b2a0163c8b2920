// Replaces `@smithy/core/event-streams` in the bundles of functions: none of them reads or writes an event stream.

export const resolveEventStreamSerdeConfig = (config) => config;

export function eventStreamSerdeProvider() {
  throw new Error('The bundles omit event streams: see lib/bundling.json.');
}

/** A class in the package: its instances are created where a stream is used. */
export { eventStreamSerdeProvider as EventStreamSerde };
