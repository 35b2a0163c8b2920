import { setTimeout as pause } from 'node:timers/promises';
import type { ScenarioStep } from './scenario';
import type { FaultRules } from './fault-rules';
import type { StackProcess } from './stack/process';

type FaultStep = Extract<ScenarioStep, { faults: unknown }>;

export interface Script {
  /** Plays every step at its time; done when the last fault is over. */
  readonly played: Promise<void>;
  /** Signals to the script that all is sent: steps that wait for more load come now. */
  loadEnded(): void;
}

const tick = 20;
/** The time that the stack stays down after its kill. */
const downMilliseconds = 500;
/** Seconds after the load for faults that have hit nothing yet. */
const waitForHits = 30;

/** Breaks things while a load runs, as the steps of a scenario say. */
export function play(
  stack: StackProcess,
  steps: readonly ScenarioStep[],
  progress: () => number,
  faults: FaultRules,
): Script {
  const { control } = stack;
  const { unused } = faults;
  const load = Promise.withResolvers<void>();
  let ended = false;
  const isReached = (share: number): boolean => ended || progress() >= share;

  async function reached(share: number): Promise<void> {
    while (!isReached(share)) await pause(tick);
  }

  async function playStep(step: ScenarioStep): Promise<void> {
    await reached(step.at);
    if ('faults' in step) await breakFor(step);
    else if ('killStack' in step) await killStack();
    else if ('poison' in step) await poison(step.poison);
    else if ('killFunction' in step) await signal(step.killFunction, 'SIGKILL', step.times, step.everyMilliseconds);
    else await signal(step.freezeFunction, 'SIGSTOP', step.times, 0);
  }

  async function breakFor(step: FaultStep): Promise<void> {
    const broken = await faults.break(step.faults);
    const { end } = step;
    if ('at' in end) await reached(end.at);
    else if ('seconds' in end) await pause(end.seconds * 1000);
    else {
      await load.promise;
      await pause(end.afterLoadSeconds * 1000);
      await faults.waitForHits(broken, waitForHits);
    }
    await faults.heal(broken);
  }

  async function killStack(): Promise<void> {
    await stack.kill();
    await pause(downMilliseconds);
    await stack.start();
  }

  async function poison(count: number): Promise<void> {
    for (let number = 0; number < count; number++) {
      await control.putMessage('RetryPathRetryQueue', number % 2 === 0 ? `poison ${number}` : '{"version":9}');
    }
  }

  /** To processes of our own stack only, found again each time, one after another: whatever they are doing then. */
  async function signal(
    name: 'click' | 'postback' | 'retry',
    which: 'SIGKILL' | 'SIGSTOP',
    times: number,
    everyMilliseconds: number,
  ): Promise<void> {
    let hit = 0;
    for (let turn = 0; hit < times && turn < times * 10; turn++) {
      const ids = await control.processIds(name);
      const victim = ids[turn % Math.max(1, ids.length)];
      if (victim !== undefined && sendSignal(victim, which)) hit += 1;
      await pause(everyMilliseconds);
    }
    if (hit < times) unused.push(`${which} of ${name}: ${hit} of ${times}`);
  }

  const played = Promise.all(steps.map(playStep)).then(() => undefined);
  // A step that fails while the load still runs is reported when the load is awaited.
  played.catch(() => undefined);
  const loadEnded = (): void => {
    ended = true;
    load.resolve();
  };
  return { played, loadEnded };
}

function sendSignal(processId: number, which: NodeJS.Signals): boolean {
  try {
    return process.kill(processId, which);
  } catch {
    // It has just ended.
    return false;
  }
}
