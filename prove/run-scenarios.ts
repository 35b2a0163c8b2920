import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { seedOf } from './chances';
import { inParallel } from './load/parallel';
import { brokenOff, holds, proveScenario, type Outcome } from './prove-scenario';
import { sinkScripts } from './outbound/sink-scripts';
import { Sinks } from './outbound/sinks';
import { outcomeLines } from './report/table';
import type { Scenario } from './scenario';
import { withSettings } from './stack/assembly';
import { StackProcess } from './stack/process';

/** The tools of every part of a run. */
export interface Run {
  readonly assembly: string;
  /** For whatever the run writes; it goes with it. */
  readonly folder: string;
  readonly lanes: number;
  readonly seed: number;
  readonly keep: boolean;
  say(line: string): void;
}

/** Runs scenarios, several at a time, and reports each when it is done. */
export async function runScenarios(scenarios: readonly Scenario[], run: Run): Promise<readonly Outcome[]> {
  const { assembly, folder, lanes, say } = run;
  const outcomes = new Map<Scenario, Outcome>();
  await inParallel(lanes, scenarios, async (scenario) => {
    const own = join(folder, scenario.name);
    const outcome = await runOne(scenario, withSettings(assembly, `${own}-assembly`, scenario.settings), own, run);
    outcomes.set(scenario, outcome);
    for (const line of outcomeLines(outcome)) say(line);
  });
  return scenarios.flatMap((scenario) => outcomes.get(scenario) ?? []);
}

/** Runs a scenario on a separate stack with separate data: no scenario can help or harm another. */
export async function runOne(
  scenario: Scenario,
  assembly: string,
  dataFolder: string,
  { keep, seed, say }: Run,
): Promise<Outcome> {
  const sinks =
    'sales' in scenario.load ? new Sinks(sinkScripts.filter(({ isMadeUp }) => isMadeUp !== true)) : undefined;
  await sinks?.start();
  const stack = new StackProcess(assembly, dataFolder, scenario.environments, sinks === undefined ? [] : [sinks.url]);
  let outcome: Outcome;
  try {
    await stack.start();
    const report = (text: string): void => say(`    ${scenario.name}: ${text}`);
    outcome = await proveScenario(scenario, stack, seedOf(seed, scenario.name), report, sinks);
  } catch (error) {
    outcome = brokenOff(scenario, error instanceof Error ? error.message : String(error));
  } finally {
    await stack.stop();
    await sinks?.stop();
  }
  if (keep && !holds(outcome)) say(`    ${scenario.name}: its data is in ${dataFolder}`);
  else rmSync(dataFolder, { recursive: true, force: true });
  return outcome;
}
