import { setTimeout as pause } from 'node:timers/promises';
import type { Finding, Heard, Ledger, Reconciliation, SentPostback } from './ledger/ledger';
import { reconcile } from './ledger/reconcile';
import { createDriver, type Driver } from './load/drive';
import { planVisits } from './load/plan';
import type { Scenario } from './scenario';
import { play } from './script';
import type { StackProcess } from './stack/process';
import { configure, readStored } from './stored';

export interface Outcome extends Reconciliation {
  readonly scenario: Scenario;
  readonly clicks: number;
  readonly requests: number;
  /** What was heard, and how often. */
  readonly heard: ReadonlyMap<string, number>;
  /** Given up on, before they were put back; what the tally says is how it ended. */
  readonly givenUp: number;
  readonly seconds: number;
  /** Why the run proves nothing, where it does not: a fault that hit nothing, an answer never heard, a queue never empty. */
  readonly unproven: readonly string[];
}

export function holds({ findings, unproven }: Outcome): boolean {
  return findings.length === 0 && unproven.length === 0;
}

/** The outcome of a scenario that could not be run to its end. */
export function brokenOff(scenario: Scenario, why: string): Outcome {
  return {
    ...reconcile({ ...emptyLedger, mode: scenario.load.mode }),
    scenario,
    clicks: 0,
    requests: 0,
    heard: new Map(),
    givenUp: 0,
    seconds: 0,
    unproven: [`it broke off: ${why}`],
  };
}

const emptyLedger: Ledger = {
  mode: 'ignore',
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
  tell: (text: string) => void,
): Promise<Outcome> {
  const startedAt = Date.now();
  const { load, expect } = scenario;
  await configure(stack, load.mode);
  const driver = createDriver(stack, load, planVisits(load));
  const script = play(stack, scenario.steps, driver.progress);
  const telling = setInterval(() => tell(`${Math.round(driver.progress() * 100)} %`), 5000);
  try {
    await driver.run();
  } finally {
    clearInterval(telling);
    script.loadEnded();
  }
  tell('draining');
  await script.played;
  const unproven = script.unused.map((rule) => `never hit: ${rule}`);
  const left = await drain(stack, scenario.drainSeconds);
  if (left > 0) unproven.push(`${left} messages still wait after ${scenario.drainSeconds} s`);

  tell('reading what is stored');
  const read = async (): Promise<Ledger> => ({
    mode: load.mode,
    allowances: expect.allowances,
    postbacks: driver.driven.postbacks,
    ...(await readStored(stack, driver.driven.clickIds, startedAt - 1000)),
  });
  let ledger = await read();
  const { deadLettered: givenUp } = reconcile(ledger).tally;
  const before: Finding[] = [];
  if (expect.redrive === true) {
    if (givenUp === 0) unproven.push('nothing was given up on');
    before.push(...reconcile(ledger).findings);
    await redriveTwice(stack, scenario.drainSeconds);
    ledger = await read();
  }
  if (expect.poisoned !== undefined) unproven.push(...(await poisonProblems(stack, expect.poisoned)));
  const heard = countHeard(ledger.postbacks);
  unproven.push(...expect.answers.filter((answer) => !heard.has(answer)).map((answer) => `never heard: ${answer}`));
  const { tally, findings, orphanedRows } = reconcile(ledger);
  return {
    scenario,
    tally,
    findings: [...before, ...findings, ...clickFindings(driver, load.postbacks)],
    orphanedRows,
    clicks: driver.driven.clickIds.length,
    requests: driver.driven.requests,
    heard,
    givenUp,
    seconds: (Date.now() - startedAt) / 1000,
    unproven,
  };
}

/** Waits until nothing waits any more; answers how many messages still do when time is up. */
async function drain(stack: StackProcess, seconds: number): Promise<number> {
  const deadline = Date.now() + seconds * 1000;
  for (let empty = 0; Date.now() < deadline;) {
    empty = (await stack.control.waiting('RetryPathRetryQueue')) === 0 ? empty + 1 : 0;
    if (empty === 3) return 0;
    await pause(200);
  }
  return stack.control.waiting('RetryPathRetryQueue');
}

/** Puts everything that was given up on back into the queue, twice over. */
async function redriveTwice(stack: StackProcess, drainSeconds: number): Promise<void> {
  const letters = await stack.control.messages('RetryPathDeadLetterQueue');
  for (const { body } of [...letters, ...letters]) await stack.control.putMessage('RetryPathRetryQueue', body);
  await drain(stack, drainSeconds);
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
function clickFindings({ driven }: Driver, planned: number): readonly Finding[] {
  const missing = planned - driven.postbacks.length;
  return missing === 0 ? [] : [{ kind: 'lost', what: `${missing} postbacks were never sent: the load broke off` }];
}

function countHeard(postbacks: readonly SentPostback[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { heard } of postbacks) {
    for (const answer of heard) counts.set(nameOf(answer), (counts.get(nameOf(answer)) ?? 0) + 1);
  }
  return counts;
}

function nameOf(answer: Heard): string {
  if (answer.kind === 'unknown') return 'unknown';
  if (answer.reason === 'CONFLICTING_DUPLICATE') return 'conflicting';
  return answer.reason === 'PENDING_UNMATCHED' ? 'unmatched' : answer.result;
}
