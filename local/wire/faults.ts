import { isObject, listOf } from '../json';
import { chances } from './chances';
import { type WireRequest } from './request';
import { type Service, services } from './message';

/**
 * Faults between functions and services. `refuse` closes the connection without an answer, `reset` by TCP, `hang` never answers, `kill`
 * ends the caller by SIGKILL. `commit-then-…` lets the service act first.
 */
const wireKinds = [
  'throttle',
  'error500',
  'expired-token',
  'reset',
  'refuse',
  'delay',
  'hang',
  'commit-then-reset',
  'kill',
  'commit-then-kill',
] as const;

/**
 * Faults between a queue or a stream and its function. `redeliver` delivers a batch now and again after `delayMs`, `hold` only after
 * `delayMs`: later messages of a queue overtake it, later records of a stream wait.
 */
const queueKinds = ['redeliver', 'hold'] as const;

/**
 * Faults of streams alone: `re-cut` forgets a batch's success and cuts the next one differently; `zombie` delivers a batch again after
 * `delayMs`, perhaps during its first invocation; `mapping-anew` restarts with the oldest record.
 */
const streamKinds = [...queueKinds, 're-cut', 'zombie', 'mapping-anew'] as const;

const kinds = [...wireKinds, ...streamKinds];
export type WireFaultKind = (typeof wireKinds)[number];
export type QueueFaultKind = (typeof queueKinds)[number];
export type DeliveryFaultKind = (typeof streamKinds)[number];
export type FaultKind = WireFaultKind | DeliveryFaultKind;

export interface FaultRule {
  readonly kind: FaultKind;
  readonly service?: Service;
  readonly operation?: string;
  /** Short name, logical ID or physical name. */
  readonly table?: string;
  readonly queue?: string;
  readonly bucket?: string;
  readonly function?: string;
  readonly delayMs?: number;
  /** Remaining requests to hit; without it, all. */
  readonly count?: number;
  /** Share of the matching requests to hit, 0 to 1; without it, all. */
  readonly rate?: number;
  /** Seeds the choice of a rate: the same matching requests are hit in each run. */
  readonly seed?: number;
}

export interface ActiveFault extends FaultRule {
  readonly id: number;
  readonly hits: number;
}

export type WireFault = FaultRule & { readonly kind: WireFaultKind };
export type QueueFault = FaultRule & { readonly kind: QueueFaultKind };
export type DeliveryFault = FaultRule & { readonly kind: DeliveryFaultKind };

/** The caller and the target of a request, with every name that a rule may use. */
export interface FaultSubject {
  readonly request: WireRequest;
  readonly functionNames: readonly string[];
  readonly targetNames: readonly string[];
}

/** A batch of messages before its delivery, with every name that a rule may use. */
export interface QueueSubject {
  readonly functionNames: readonly string[];
  readonly queueNames: readonly string[];
}

/** A batch of records of a table's stream before its delivery. */
export interface StreamSubject {
  readonly functionNames: readonly string[];
  readonly tableNames: readonly string[];
}

interface Entry {
  readonly rule: FaultRule;
  readonly id: number;
  readonly random: () => number;
  hits: number;
  /** Requests that were compared with the rule. */
  asked: number;
}

/** The rule table. The first matching rule with remaining hits decides. */
export class FaultTable {
  private readonly rules: Entry[] = [];
  private nextId = 1;

  constructor(private readonly random: () => number = Math.random) {}

  add(rule: FaultRule): ActiveFault {
    const random = rule.seed === undefined ? this.random : chances(rule.seed);
    const entry = { rule, id: this.nextId, random, hits: 0, asked: 0 };
    this.nextId += 1;
    this.rules.push(entry);
    return { ...rule, id: entry.id, hits: 0 };
  }

  /** Removes one rule, or all of them. Returns their number. */
  remove(id?: number): number {
    const before = this.rules.length;
    const kept = id === undefined ? [] : this.rules.filter((entry) => entry.id !== id);
    this.rules.splice(0, this.rules.length, ...kept);
    return before - kept.length;
  }

  /** Lets the gateway skip the search for a rule, since most requests meet none. */
  get isEmpty(): boolean {
    return this.rules.length === 0;
  }

  list(): ActiveFault[] {
    return this.rules.map(({ rule, id, hits }) => ({ ...rule, id, hits }));
  }

  take(subject: FaultSubject): WireFault | undefined {
    return this.takeFirst((rule): rule is WireFault => isWireFault(rule) && matchesSubject(rule, subject));
  }

  takeQueueDelivery({ functionNames, queueNames }: QueueSubject): QueueFault | undefined {
    return this.takeFirst(
      (rule): rule is QueueFault =>
        queueKinds.some((kind) => kind === rule.kind) &&
        isNamed(rule.function, functionNames) &&
        isNamed(rule.queue, queueNames) &&
        rule.table === undefined,
    );
  }

  takeStreamDelivery({ functionNames, tableNames }: StreamSubject): DeliveryFault | undefined {
    return this.takeFirst(
      (rule): rule is DeliveryFault =>
        streamKinds.some((kind) => kind === rule.kind) &&
        isNamed(rule.function, functionNames) &&
        isNamed(rule.table, tableNames) &&
        rule.queue === undefined,
    );
  }

  private takeFirst<Rule extends FaultRule>(matches: (rule: FaultRule) => rule is Rule): Rule | undefined {
    for (const entry of this.rules) {
      const { rule } = entry;
      if (rule.count !== undefined && entry.hits >= rule.count) continue;
      if (!matches(rule)) continue;
      if (!isChosen(entry)) continue;
      entry.hits += 1;
      return rule;
    }
    return undefined;
  }
}

/** Chooses by chance, and at the latest after as many requests as chance needs on average. */
function isChosen(entry: Entry): boolean {
  const { rule, random, hits } = entry;
  if (rule.rate === undefined) return true;
  entry.asked += 1;
  const isOverdue = hits === 0 && rule.rate > 0 && entry.asked >= Math.ceil(1 / rule.rate);
  return random() < rule.rate || isOverdue;
}

const isWireFault = (rule: FaultRule): rule is WireFault => wireKinds.some((kind) => kind === rule.kind);
const isNamed = (given: string | undefined, names: readonly string[]): boolean =>
  given === undefined || names.includes(given);

function matchesSubject(rule: FaultRule, { request, functionNames, targetNames }: FaultSubject): boolean {
  return (
    (rule.service === undefined || rule.service === request.service) &&
    (rule.operation === undefined || rule.operation === request.operation) &&
    isNamed(rule.function, functionNames) &&
    (rule.table === undefined || (request.service === 'dynamodb' && targetNames.includes(rule.table))) &&
    (rule.queue === undefined || (request.service === 'sqs' && targetNames.includes(rule.queue))) &&
    (rule.bucket === undefined || (request.service === 's3' && targetNames.includes(rule.bucket)))
  );
}

/** Reads one rule or a list of them; returns the mistake as a string. */
export function readFaultRules(given: unknown): readonly FaultRule[] | string {
  const rules: FaultRule[] = [];
  for (const item of listOf(given)) {
    if (!isObject(item)) return 'a fault rule is a JSON object';
    const unknownField = Object.keys(item).find((field) => !Object.hasOwn(fieldReaders, field) && field !== 'kind');
    if (unknownField !== undefined) return `a fault rule has no field "${unknownField}"`;
    const kind = kinds.find((known) => known === item['kind']);
    if (kind === undefined) return `a fault rule needs a kind: ${kinds.join(', ')}`;
    for (const [field, isRight] of Object.entries(fieldReaders)) {
      if (item[field] !== undefined && !isRight(item[field])) return `the field "${field}" of a fault rule is wrong`;
    }
    if ((kind === 'delay' || kind === 'hold') && item['delayMs'] === undefined) {
      return `a fault rule of kind ${kind} needs delayMs`;
    }
    const mistake = misplacedField(kind, item);
    if (mistake !== undefined) return mistake;
    rules.push({ ...readFields(item), kind });
  }
  return rules;
}

/** Returns a field that selects no delivery of this kind: the rule would hit others than intended. */
function misplacedField(kind: FaultKind, item: Readonly<Record<string, unknown>>): string | undefined {
  if (!streamKinds.some((known) => known === kind)) return undefined;
  const isOfQueues = queueKinds.some((known) => known === kind);
  const fields = ['service', 'operation', 'bucket', ...(isOfQueues ? [] : ['queue'])];
  const misplaced = fields.find((field) => item[field] !== undefined);
  if (misplaced === undefined) return undefined;
  return `a fault rule of kind ${kind} takes ${isOfQueues ? 'a queue or a table' : 'a table'}, and no ${misplaced}`;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isRate = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
const isService = (value: unknown): value is Service => services.some((service) => service === value);

const fieldReaders: Readonly<Record<string, (value: unknown) => boolean>> = {
  service: isService,
  operation: isText,
  table: isText,
  queue: isText,
  bucket: isText,
  function: isText,
  delayMs: isCount,
  count: isCount,
  rate: isRate,
  seed: isCount,
};

function readFields(item: Readonly<Record<string, unknown>>): Omit<FaultRule, 'kind'> {
  const { service, operation, table, queue, bucket, function: functionName, delayMs, count, rate, seed } = item;
  return {
    ...(isService(service) ? { service } : {}),
    ...(isText(operation) ? { operation } : {}),
    ...(isText(table) ? { table } : {}),
    ...(isText(queue) ? { queue } : {}),
    ...(isText(bucket) ? { bucket } : {}),
    ...(isText(functionName) ? { function: functionName } : {}),
    ...(isCount(delayMs) ? { delayMs } : {}),
    ...(isCount(count) ? { count } : {}),
    ...(isRate(rate) ? { rate } : {}),
    ...(isCount(seed) ? { seed } : {}),
  };
}
