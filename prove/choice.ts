import { chancesOf } from './chances';
import { mutations, type Mutation } from './mutations/mutation';
import type { ProveOptions } from './options';
import { smokeSized, type Scenario } from './scenario';

/** Days pass in these. */
export const isLong = ({ load }: Scenario): boolean => 'timeline' in load || 'sales' in load;

/** The number of long scenarios and mutations that a smoke run draws: all of them take longer than its time. */
const smokeShare = 3;

/** The scenarios of a run, in the size of the run. */
export function chosenScenarios(
  all: readonly Scenario[],
  { only, smoke, scenarios, seed }: ProveOptions,
): readonly Scenario[] {
  const unknown = only.filter((name) => ![...all, ...mutations].some((known) => known.name === name));
  if (unknown.length > 0) throw new Error(`there is no scenario or mutation ${unknown.join(', ')}`);
  if (!scenarios) return [];
  const sized = smoke ? all.flatMap(smokeSized) : all;
  const isIn = (scenarioList: readonly Scenario[], name: string): boolean =>
    scenarioList.some((scenario) => scenario.name === name);
  const large = only.filter((name) => isIn(all, name) && !isIn(sized, name));
  if (large.length > 0) throw new Error(`${large.join(', ')} has no small run: repeat this without --smoke`);
  if (only.length > 0) return sized.filter(({ name }) => only.includes(name));
  if (!smoke) return sized;
  const drawn = some(sized.filter(isLong), chancesOf(seed, 'smoke scenarios'));
  return sized.filter((scenario) => !isLong(scenario) || drawn.includes(scenario));
}

/** The mutations of a run. */
export function chosenMutations({
  only,
  smoke,
  scenarios,
  mutations: areWanted,
  seed,
}: ProveOptions): readonly Mutation[] {
  if (!areWanted) return [];
  if (only.length > 0) return mutations.filter(({ name }) => only.includes(name));
  return smoke && scenarios ? some(mutations, chancesOf(seed, 'smoke mutations')) : mutations;
}

function some<Item>(items: readonly Item[], chance: () => number): readonly Item[] {
  const drawn = new Set(
    items
      .map((item) => ({ item, at: chance() }))
      .toSorted((left, right) => left.at - right.at)
      .slice(0, smokeShare)
      .map(({ item }) => item),
  );
  return items.filter((item) => drawn.has(item));
}
