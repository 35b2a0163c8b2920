import { setTimeout as pause } from 'node:timers/promises';
import { chancesOf } from './chances';
import { Configuration, configureOne } from './configuration';
import { proveCounted } from './counted';
import { FaultRules } from './fault-rules';
import type { Finding, ReceivedAnswer, Ledger, Reconciliation, LedgerPostback } from './ledger/ledger';
import { reconcile } from './ledger/reconcile';
import { createDriver } from './load/drive';
import { newDriven, type Driven } from './load/driven';
import type { OutboundTally } from './outbound/outbound-ledger';
import { runOutbound, type OutboundRun } from './outbound/run-outbound';
import type { Sinks } from './outbound/sinks';
import { planVisits } from './load/plan';
import { SequenceSenders } from './load/senders-of-sequences';
import { planSequences } from './load/sequence';
import type { Scenario, SequenceLoad } from './scenario';
import { atRest } from './stack/at-rest';
import { play } from './script';
import type { StackProcess } from './stack/process';
import { readStored } from './stored';
import { playTimeline } from './timeline';

export interface Outcome extends Reconciliation {
  readonly scenario: Scenario;
  readonly clicks: number;
  readonly requests: number;
  /** Answers, and their number. */
  readonly answers: ReadonlyMap<string, number>;
  /** Requests that traffic sources got, if the scenario has sources. */
  readonly outbound?: OutboundTally;
  /** Messages that were given up on, before their redrive; the tally has their end. */
  readonly givenUp: number;
  readonly seconds: number;
  /**
   * Reasons for which the run proves nothing; empty where it does: a fault that hit nothing, an unread answer, a queue that was never
   * empty.
   */
  readonly unproven: readonly string[];
}

export function holds({ findings, unproven }: Outcome): boolean {
  return findings.length === 0 && unproven.length === 0;
}

/** The outcome of a scenario that could not be run to its end. */
export function brokenOff(scenario: Scenario, why: string): Outcome {
  return {
    ...reconcile(emptyLedger),
    scenario,
    clicks: 0,
    requests: 0,
    answers: new Map(),
    givenUp: 0,
    seconds: 0,
    unproven: [`it broke off: ${why}`],
  };
}

const emptyLedger: Ledger = {
  postbacks: [],
  conversions: [],
  log: new Map(),
  queued: new Set(),
  deadLettered: new Set(),
  allowances: {},
};

/** Runs one scenario on a stack that has been started: load under faults, drain, reconciliation. */
export async function proveScenario(
  scenario: Scenario,
  stack: StackProcess,
  seed: number,
  report: (text: string) => void,
  sinks?: Sinks,
): Promise<Outcome> {
  const startedAt = Date.now();
  const { expect } = scenario;
  const faults = new FaultRules(stack, seed);
  const { driven, planned, outbound: run } = await runLoad(scenario, stack, faults, seed, report, sinks);
  report('draining');
  const left = await drain(stack, scenario);
  const unproven = faults.unused.map((rule) => `never hit: ${rule}`);
  if (left > 0) unproven.push(`${left} messages still wait after ${scenario.drainSeconds} s`);

  if (run !== undefined && run.waiting > 0) unproven.push(`${run.waiting} deliveries still wait after the last day`);

  report('reading what is stored');
  const read = async (): Promise<Ledger> => ({
    allowances: expect.allowances,
    postbacks: driven.postbacks,
    ...(await readStored(stack, driven, startedAt - 1000)),
  });
  let ledger = await read();
  const { deadLettered: givenUp } = reconcile(ledger).tally;
  const before: Finding[] = [];
  if (expect.redrive === true) {
    if (givenUp === 0) unproven.push('nothing was given up on');
    before.push(...reconcile(ledger).findings);
    await redriveTwice(stack, scenario);
    ledger = await read();
  }
  if (expect.poisoned !== undefined) unproven.push(...(await poisonProblems(stack, expect.poisoned)));
  const answers = countAnswers(ledger.postbacks);
  unproven.push(
    ...expect.answers.filter((answer) => !answers.has(answer)).map((answer) => `never received: ${answer}`),
  );
  const { tally, findings, orphanedRows } = reconcile(ledger);
  report('comparing the reports');
  const counted = await proveCounted(stack, ledger.conversions, startedAt - 1000);
  unproven.push(...counted.unproven);
  return {
    scenario,
    tally: withOutbound(tally, run?.outbound.findings ?? []),
    findings: [
      ...before,
      ...findings,
      ...counted.findings,
      ...loadFindings(driven, planned),
      ...(run?.outbound.findings ?? []),
    ],
    ...(run !== undefined && { outbound: run.outbound.tally }),
    orphanedRows,
    clicks: driven.clickIds.length,
    requests: driven.requests,
    answers,
    givenUp,
    seconds: (Date.now() - startedAt) / 1000,
    unproven,
  };
}

/** Errors of deliveries go into the same columns as errors of conversions. */
function withOutbound(tally: Reconciliation['tally'], findings: readonly Finding[]): Reconciliation['tally'] {
  const of = (kind: Finding['kind']): number => findings.filter((finding) => finding.kind === kind).length;
  return {
    ...tally,
    lost: tally.lost + of('lost'),
    duplicated: tally.duplicated + of('duplicated'),
    reportedWrong: tally.reportedWrong + of('reported wrong'),
  };
}

interface Load {
  readonly driven: Driven;
  /** Postbacks that must have been sent, at the least. */
  readonly planned: number;
  readonly outbound?: OutboundRun;
}

async function runLoad(
  scenario: Scenario,
  stack: StackProcess,
  faults: FaultRules,
  seed: number,
  report: (text: string) => void,
  sinks: Sinks | undefined,
): Promise<Load> {
  const { load } = scenario;
  if ('timeline' in load) return runSequences(scenario, load, stack, faults, seed);
  if ('sales' in load) {
    if (sinks === undefined) throw new Error(`${scenario.name} has no sinks`);
    const outbound = await runOutbound(scenario, load, stack, sinks, faults, seed, report);
    return { driven: outbound.driven, planned: load.sales * sinks.scripts.length, outbound };
  }
  await configureOne(stack, load);
  const driver = createDriver(stack, load, planVisits(load), chancesOf(seed, 'driver'));
  const script = play(stack, scenario.steps, driver.progress, faults);
  const reporting = setInterval(() => report(`${Math.round(driver.progress() * 100)} %`), 5000);
  try {
    await driver.run();
  } finally {
    clearInterval(reporting);
    script.loadEnded();
  }
  await script.played;
  return { driven: driver.driven, planned: load.postbacks };
}

async function runSequences(
  scenario: Scenario,
  load: SequenceLoad,
  stack: StackProcess,
  faults: FaultRules,
  seed: number,
): Promise<Load> {
  const driven = newDriven();
  const sequences = planSequences(load, chancesOf(seed, 'plan'));
  const [choose, chance] = [chancesOf(seed, 'choices'), chancesOf(seed, 'pauses')];
  const senders = new SequenceSenders(stack, load, sequences, driven, choose, chance);
  const configuration = new Configuration(stack, load);
  await configuration.save();
  await playTimeline(load.timeline, stack, senders, configuration, faults, async () => {
    await drain(stack, scenario);
  });
  return { driven, planned: sequences.reduce((sum, { sayings }) => sum + sayings.length, 0) };
}

/** The step of the clock while everything in the queue waits. */
const leapSeconds = 300;

/**
 * Waits until no message waits; returns how many still do when the time is over. Where sequences are sent, the clock advances for messages
 * that wait for minutes.
 */
async function drain(stack: StackProcess, { load, drainSeconds }: Scenario): Promise<number> {
  const deadline = Date.now() + drainSeconds * 1000;
  for (let empty = 0; Date.now() < deadline;) {
    empty = (await stack.control.waiting('RetryPathRetryQueue')) === 0 ? empty + 1 : 0;
    if (empty === 3) return 0;
    if ('timeline' in load && empty === 0) {
      await atRest(stack.control);
      await stack.forward(leapSeconds);
    }
    await pause(200);
  }
  return stack.control.waiting('RetryPathRetryQueue');
}

/** Puts everything that was given up on back into the queue, twice over. */
async function redriveTwice(stack: StackProcess, scenario: Scenario): Promise<void> {
  const letters = await stack.control.messages('RetryPathDeadLetterQueue');
  for (const { body } of [...letters, ...letters]) await stack.control.putMessage('RetryPathRetryQueue', body);
  await drain(stack, scenario);
}

async function poisonProblems(stack: StackProcess, expected: number): Promise<readonly string[]> {
  const letters = await stack.control.messages('RetryPathDeadLetterQueue');
  const withReason = letters.filter(
    ({ attributes }) => attributes['reason']?.startsWith('MESSAGE_UNREADABLE') === true,
  );
  if (letters.length === expected && withReason.length === expected) return [];
  return [`${letters.length} dead letters, ${withReason.length} with a reason, where ${expected} were expected`];
}

/** Every postback of the plan must have been sent, or the proof is of something else. */
function loadFindings({ postbacks }: Driven, planned: number): readonly Finding[] {
  const missing = planned - postbacks.length;
  return missing <= 0 ? [] : [{ kind: 'lost', what: `${missing} postbacks were never sent: the load broke off` }];
}

function countAnswers(postbacks: readonly LedgerPostback[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { answers } of postbacks) {
    for (const answer of answers) counts.set(nameOf(answer), (counts.get(nameOf(answer)) ?? 0) + 1);
  }
  return counts;
}

function nameOf(answer: ReceivedAnswer): string {
  if (answer.kind === 'unknown') return 'unknown';
  if (answer.reason === 'CONFLICTING_DUPLICATE') return 'conflicting';
  return answer.reason === 'PENDING_UNMATCHED' ? 'unmatched' : answer.result;
}
