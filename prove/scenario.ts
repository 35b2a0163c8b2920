import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { duplicateModes } from '../lambdas/domain/values/duplicate-mode';
import { conversionStatuses } from '../lambdas/domain/values/status';
import { readFaultRules } from '../local/wire/faults';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(120));
const functionName = v.picklist(['click', 'postback', 'retry']);

/** The actions of senders. */
const loadSchema = v.strictObject({
  /** Postbacks to send, duplicates included and retries not. */
  postbacks: count,
  /** The same in a smoke run, which omits a scenario without it. */
  smoke: v.optional(count),
  mode: v.optional(v.picklist(duplicateModes), 'ignore'),
  /** Share of the postbacks that repeat an earlier one byte for byte. */
  duplicateShare: v.optional(share, 0.2),
  /** The number of times that a repeated one is sent. */
  copies: v.optional(count, 2),
  /** Time of the repeats: at the same moment, right after the answer, after the click's other postbacks, or each of these in turn. */
  repeats: v.optional(v.picklist(['together', 'after', 'later', 'mixed']), 'mixed'),
  /** Different amounts under one key. */
  contentsPerKey: v.optional(count, 1),
  keysPerClick: v.optional(count, 10),
  /** Whether clicks are made among the postbacks, under the same faults, or all of them before. */
  clicks: v.optional(v.picklist(['before', 'during']), 'during'),
  /** Share of the requests whose sender hangs up before it receives the answer. */
  hangUpShare: v.optional(share, 0),
  /** Rows per batch; without it, each postback is a separate request. */
  batchRows: v.optional(count),
  senders: v.optional(count, 16),
});

/** The events in a load of sequences, in order. */
const eventSchema = v.union([
  /** Every conversion gets so many of its postbacks; the first of them after its click. */
  v.strictObject({ send: count }),
  /** A share of what was sent is sent again byte for byte; of batches, whole batches. */
  v.strictObject({ again: share }),
  /** For a share of the conversions another network sends a reversal, which must change nothing. */
  v.strictObject({ interfere: share }),
  /** The stack's time advances by so many hours, in so many leaps with room for the functions to work between them. */
  v.strictObject({ forwardHours: v.pipe(v.number(), v.gtValue(0)), leaps: v.optional(count, 1) }),
  /** Rules of the local stack's fault table, until they are healed. */
  v.strictObject({ break: v.array(v.unknown()) }),
  v.strictObject({ heal: v.literal(true) }),
  /** The queue is processed; time advances where everything in it waits. */
  v.strictObject({ drain: v.literal(true) }),
  /** An operator saves the configuration: every mode becomes the next, the currency EUR, the transaction ID another name, the campaigns another network's. */
  v.strictObject({ change: v.picklist(['mode', 'currency', 'mapping', 'campaign']) }),
]);

/** Conversions by themselves, each with a click and with postbacks that say this and that in any order. */
const sequenceLoadSchema = v.strictObject({
  keys: count,
  /** The same in a smoke run, which omits a scenario without it. */
  smoke: v.optional(count),
  modes: v.optional(v.pipe(v.array(v.picklist(duplicateModes)), v.minLength(1)), [...duplicateModes]),
  /** The payout of the campaigns, in USD; without, an amount that nobody names is not known. */
  payout: v.optional(v.string()),
  /** Statuses to choose from, each as often as it is listed here. */
  statuses: v.optional(v.pipe(v.array(v.picklist(conversionStatuses)), v.minLength(1)), [
    'pending',
    'pending',
    'approved',
    'approved',
    'approved',
    'rejected',
    'reversed',
  ]),
  /** Shares of the postbacks that name an amount, and of those that name its currency. */
  amountShare: v.optional(share, 0.6),
  currencyShare: v.optional(share, 0.4),
  /** The longest time from a click to its first postback. */
  maxAgeDays: v.optional(count),
  /** Rows per batch; without it, each postback is a separate request. */
  batchRows: v.optional(count),
  senders: v.optional(count, 8),
  timeline: v.array(eventSchema),
});

/** Sales of traffic sources that answer by their scripts, and the days until nothing waits for any of them. */
const outboundLoadSchema = v.strictObject({
  /** For each source, and each way of reporting. */
  sales: count,
  /** The same in a smoke run, which omits a scenario without it. */
  smoke: v.optional(count),
  senders: v.optional(count, 8),
});

/** The end of a fault: at this share of the load, or so many seconds after it began, or so many after the load. */
const endSchema = v.union([
  v.strictObject({ at: share }),
  v.strictObject({ seconds }),
  v.strictObject({ afterLoadSeconds: seconds }),
]);

const at = { at: share };
const stepSchema = v.union([
  v.strictObject({
    ...at,
    /** Rules of the local stack's fault table. */
    faults: v.array(v.unknown()),
    end: v.optional(endSchema, { afterLoadSeconds: 0 }),
  }),
  v.strictObject({ ...at, killFunction: functionName, times: count, everyMilliseconds: count }),
  /** Stops a busy process without ending it: the function's time runs out. */
  v.strictObject({ ...at, freezeFunction: functionName, times: count }),
  v.strictObject({ ...at, killStack: v.literal(true) }),
  /** Unreadable messages, put into the retry queue. */
  v.strictObject({ ...at, poison: count }),
]);

const expectationSchema = v.strictObject({
  /** Answers that must have been received, or the fault did not do what the scenario is about. `unknown`: none of ours. */
  answers: v.optional(
    v.array(
      v.picklist([
        ...([
          'recorded',
          'updated',
          'duplicate',
          'conflicting',
          'unmatched',
          'queued',
          'error',
          'rejected',
          'unknown',
        ] as const),
      ]),
    ),
    [],
  ),
  /** Dead letters of which no postback is one. */
  poisoned: v.optional(count),
  /** Postbacks are given up on, and stored when they are put back: twice, to see that twice is once. */
  redrive: v.optional(v.literal(true)),
  /** Losses that two simultaneous faults may cause; see the ledger. */
  allowances: v.optional(
    v.strictObject({ uncertainErrors: v.optional(v.boolean()), lostLogRows: v.optional(v.boolean()) }),
    {},
  ),
});

const scenarioSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  /** The fault, for the table. */
  title: v.string(),
  /** Numbers in the fault catalogue of docs/reliability.md. */
  covers: v.array(count),
  /** Settings that differ from the stage `prod`, to see in seconds what takes minutes there. */
  settings: v.optional(
    v.strictObject({
      /** The time that a received message stays hidden, and the shorter time limit of the retry function. */
      visibilitySeconds: v.optional(count),
      retryTimeoutSeconds: v.optional(count),
      maximumReceives: v.optional(count),
      configCacheSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
    {},
  ),
  /** Execution environments per function; more where they mostly wait. */
  environments: v.optional(count, 4),
  load: v.union([loadSchema, sequenceLoadSchema, outboundLoadSchema]),
  /** The fault during the load; a load of sequences names it in its timeline. */
  steps: v.optional(v.array(stepSchema), []),
  expect: v.optional(expectationSchema, { answers: [], allowances: {} }),
  drainSeconds: v.optional(seconds, 90),
});

export type Scenario = v.InferOutput<typeof scenarioSchema>;
export type Load = v.InferOutput<typeof loadSchema>;
export type SequenceLoad = v.InferOutput<typeof sequenceLoadSchema>;
export type OutboundLoad = v.InferOutput<typeof outboundLoadSchema>;
export type TimelineEvent = SequenceLoad['timeline'][number];
export type ScenarioStep = Scenario['steps'][number];
export type Settings = Scenario['settings'];

const scenarioFolder = join(__dirname, 'scenarios');

/** Reads one scenario; throws with the place of the first mistake. */
export function readScenario(text: string): Scenario {
  const scenario = v.parse(scenarioSchema, JSON.parse(text));
  const given = [
    ...scenario.steps.flatMap((step) => ('faults' in step ? [step.faults] : [])),
    ...('timeline' in scenario.load ? scenario.load.timeline : []).flatMap((event) =>
      'break' in event ? [event.break] : [],
    ),
  ];
  for (const faults of given) {
    const rules = readFaultRules(faults);
    if (typeof rules === 'string') throw new Error(`${scenario.name}: ${rules}`);
  }
  return scenario;
}

/** Every scenario, in the order of the file names. */
export function readScenarios(folder = scenarioFolder): readonly Scenario[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => readScenario(readFileSync(join(folder, file), 'utf8')));
}

/** The scenario at the size of a smoke run, or nothing where it is no part of it. */
export function smokeSized(scenario: Scenario): readonly Scenario[] {
  const { load } = scenario;
  const { smoke } = load;
  if (smoke === undefined) return [];
  if ('timeline' in load) return [{ ...scenario, load: { ...load, keys: smoke } }];
  return [{ ...scenario, load: 'sales' in load ? { ...load, sales: smoke } : { ...load, postbacks: smoke } }];
}
