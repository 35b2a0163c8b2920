import { join } from 'node:path';
import { inParallel } from './load/parallel';
import { mutatedAssembly } from './mutations/bundle';
import type { Mutation } from './mutations/mutation';
import type { Outcome } from './prove-scenario';
import { figure } from './report/table';
import { runOne, type Run } from './run-scenarios';
import { smokeSized, type Scenario } from './scenario';
import { withSettings } from './stack/assembly';

export interface Caught {
  readonly mutation: Mutation;
  readonly outcome: Outcome;
  readonly caught: boolean;
}

/** The scenarios with a mistake in the product: each must find what its mutation breaks. */
export async function runMutations(
  wanted: readonly Mutation[],
  all: readonly Scenario[],
  run: Run,
): Promise<readonly Caught[]> {
  const { assembly, folder, lanes, say } = run;
  const results: Caught[] = [];
  await inParallel(lanes, wanted, async (mutation) => {
    const [scenario] = all.filter(({ name }) => name === mutation.scenario).flatMap(smokeSized);
    if (scenario === undefined) throw new Error(`${mutation.scenario} has no smoke size for ${mutation.name}`);
    const own = join(folder, `mutation-${mutation.name}`);
    const settled = withSettings(assembly, `${own}-settings`, scenario.settings);
    const mutated = await mutatedAssembly(settled, `${own}-assembly`, mutation);
    const outcome = await runOne({ ...scenario, name: `mutation ${mutation.name}` }, mutated, own, {
      ...run,
      keep: false,
    });
    const caught = outcome.findings.some(({ kind }) => kind === mutation.found);
    results.push({ mutation, outcome, caught });
    say(`${caught ? 'caught' : 'NOT CAUGHT'}  ${mutation.name}: ${figure(outcome.findings.length)} findings`);
  });
  return results;
}
