import * as v from 'valibot';
import written from './measured.json';

const count = v.pipe(v.number(), v.minValue(0));
/** By the short name of a function or table. */
const byName = v.record(v.string(), count);

/** The use of services by one request of a kind, on average over those that were sent. */
const flow = v.strictObject({
  /** Requests to the API. */
  apiRequests: count,
  invocations: byName,
  readUnits: count,
  writeUnits: count,
  /** Requests to SQS by functions; those of Lambda's own poller come on top, by delivery. */
  queueRequests: count,
  deliveries: count,
  /** Lines in the logs of functions, and their bytes, with every detail: under load most lines have fewer. */
  logLines: count,
  logBytes: count,
  /** Status line, headers and body of the answer. */
  responseBytes: count,
  /** Bytes of the items that stay, by table. */
  itemBytes: byName,
  /** Counters it adds to. */
  metrics: v.array(v.string()),
});

export type FlowMeasured = v.InferOutput<typeof flow>;

/** The use of services by one delivery that its source accepts immediately, and that comes alone: from the stream to its settled row. */
const delivery = v.strictObject({
  invocations: byName,
  readUnits: count,
  writeUnits: count,
  /** Calls of DynamoDB by the function that sends, one after the other at worst. */
  roundTrips: count,
  queueRequests: count,
  logLines: count,
  logBytes: count,
  /** Its row, and its entry in the index by source. */
  itemBytes: count,
});

const measuredSchema = v.strictObject({
  flows: v.strictObject({
    click: flow,
    recorded: flow,
    statusChange: flow,
    duplicate: flow,
    rejected: flow,
    forged: flow,
    queued: flow,
    batchRow: flow,
  }),
  delivery,
  /** Days that an item of a table is kept, where it has an end. */
  daysKept: byName,
});

export type DeliveryMeasured = v.InferOutput<typeof delivery>;
export type Measured = v.InferOutput<typeof measuredSchema>;
export type FlowName = keyof Measured['flows'];

/** In the order in which they are shown. */
export const flowNames = [
  'click',
  'recorded',
  'statusChange',
  'duplicate',
  'rejected',
  'forged',
  'queued',
  'batchRow',
] as const satisfies readonly FlowName[];

export const flowMeaning: Readonly<Record<FlowName, string>> = {
  click: 'a click',
  recorded: 'a postback that is recorded',
  statusChange: 'a postback that changes a status',
  duplicate: 'a duplicate',
  rejected: 'a postback rejected for its content',
  forged: 'one of a flood of forged click IDs',
  queued: 'a postback queued, and recorded later',
  batchRow: 'a row of a batch of a hundred',
};

/** The result of `npm run cost:measure`. A test measures again and compares. */
export const measured: Measured = v.parse(measuredSchema, written);
