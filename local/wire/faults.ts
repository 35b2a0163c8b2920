import { isObject, listOf } from '../json';
import { chances } from './chances';
import type { Service, WireRequest } from './request';

/**
 * Faults between functions and services. `refuse` closes the connection without an answer, `reset` with a TCP reset;
 * `commit-then-reset` first lets the service do it: done, but the answer is lost. `hang` never answers. `kill` ends the
 * calling process with SIGKILL before the service has done anything, `commit-then-kill` after it has.
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
 * Faults between a queue and its function, which may deliver twice and in any order: `redeliver` hands a batch over now and
 * once more after `delayMs`, `hold` only after `delayMs`, so that later ones overtake it.
 */
const deliveryKinds = ['redeliver', 'hold'] as const;

const kinds = [...wireKinds, ...deliveryKinds];
export type WireFaultKind = (typeof wireKinds)[number];
export type DeliveryFaultKind = (typeof deliveryKinds)[number];
export type FaultKind = WireFaultKind | DeliveryFaultKind;

export interface FaultRule {
  readonly kind: FaultKind;
  readonly service?: Service;
  readonly operation?: string;
  /** Short name, logical ID or physical name. */
  readonly table?: string;
  readonly queue?: string;
  readonly function?: string;
  readonly delayMs?: number;
  /** How many more requests it hits; without, all of them. */
  readonly count?: number;
  /** Share of the matching requests that it hits, 0 to 1; without, all of them. */
  readonly rate?: number;
  /** Makes the choice of a rate repeatable: the same matching requests are hit. */
  readonly seed?: number;
}

export interface ActiveFault extends FaultRule {
  readonly id: number;
  readonly hits: number;
}

export type WireFault = FaultRule & { readonly kind: WireFaultKind };
export type DeliveryFault = FaultRule & { readonly kind: DeliveryFaultKind };

/** Who calls and what for, in every name that a rule may use. */
export interface FaultSubject {
  readonly request: WireRequest;
  readonly functionNames: readonly string[];
  readonly targetNames: readonly string[];
}

/** A batch of messages on its way to its function, in every name that a rule may use. */
export interface DeliverySubject {
  readonly functionNames: readonly string[];
  readonly queueNames: readonly string[];
}

interface Entry {
  readonly rule: FaultRule;
  readonly id: number;
  readonly random: () => number;
  hits: number;
  /** Requests that it was asked about. */
  asked: number;
}

/** The rule table. The first rule that matches and still has hits left decides. */
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

  /** Removes one rule, or all of them. Returns how many. */
  remove(id?: number): number {
    const before = this.rules.length;
    const kept = id === undefined ? [] : this.rules.filter((entry) => entry.id !== id);
    this.rules.splice(0, this.rules.length, ...kept);
    return before - kept.length;
  }

  /** Without a rule there is nothing to look for, which is so for most requests. */
  get isEmpty(): boolean {
    return this.rules.length === 0;
  }

  list(): ActiveFault[] {
    return this.rules.map(({ rule, id, hits }) => ({ ...rule, id, hits }));
  }

  take(subject: FaultSubject): WireFault | undefined {
    return this.takeFirst((rule): rule is WireFault => isWireFault(rule) && matchesSubject(rule, subject));
  }

  takeDelivery(subject: DeliverySubject): DeliveryFault | undefined {
    return this.takeFirst((rule): rule is DeliveryFault => isDeliveryFault(rule) && matchesDelivery(rule, subject));
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

/** A share is hit by chance, and once at the latest where chance alone would be expected to have hit by then. */
function isChosen(entry: Entry): boolean {
  const { rule, random, hits } = entry;
  if (rule.rate === undefined) return true;
  entry.asked += 1;
  const isOverdue = hits === 0 && rule.rate > 0 && entry.asked >= Math.ceil(1 / rule.rate);
  return random() < rule.rate || isOverdue;
}

const isWireFault = (rule: FaultRule): rule is WireFault => wireKinds.some((kind) => kind === rule.kind);
const isDeliveryFault = (rule: FaultRule): rule is DeliveryFault => deliveryKinds.some((kind) => kind === rule.kind);

function matchesDelivery(rule: FaultRule, { functionNames, queueNames }: DeliverySubject): boolean {
  return (
    (rule.function === undefined || functionNames.includes(rule.function)) &&
    (rule.queue === undefined || queueNames.includes(rule.queue))
  );
}

function matchesSubject(rule: FaultRule, { request, functionNames, targetNames }: FaultSubject): boolean {
  return (
    (rule.service === undefined || rule.service === request.service) &&
    (rule.operation === undefined || rule.operation === request.operation) &&
    (rule.function === undefined || functionNames.includes(rule.function)) &&
    (rule.table === undefined || (request.service === 'dynamodb' && targetNames.includes(rule.table))) &&
    (rule.queue === undefined || (request.service === 'sqs' && targetNames.includes(rule.queue)))
  );
}

/** Reads one rule or a list of them; a string says what is wrong instead. */
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
    rules.push({ ...readFields(item), kind });
  }
  return rules;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isRate = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
const isService = (value: unknown): value is Service =>
  value === 'dynamodb' || value === 'sqs' || value === 'secretsmanager';

const fieldReaders: Readonly<Record<string, (value: unknown) => boolean>> = {
  service: isService,
  operation: isText,
  table: isText,
  queue: isText,
  function: isText,
  delayMs: isCount,
  count: isCount,
  rate: isRate,
  seed: isCount,
};

function readFields(item: Readonly<Record<string, unknown>>): Omit<FaultRule, 'kind'> {
  const { service, operation, table, queue, function: functionName, delayMs, count, rate, seed } = item;
  return {
    ...(isService(service) ? { service } : {}),
    ...(isText(operation) ? { operation } : {}),
    ...(isText(table) ? { table } : {}),
    ...(isText(queue) ? { queue } : {}),
    ...(isText(functionName) ? { function: functionName } : {}),
    ...(isCount(delayMs) ? { delayMs } : {}),
    ...(isCount(count) ? { count } : {}),
    ...(isRate(rate) ? { rate } : {}),
    ...(isCount(seed) ? { seed } : {}),
  };
}
