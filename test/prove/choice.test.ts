import { chosenMutations, chosenScenarios, isLong } from '../../prove/choice';
import { mutations } from '../../prove/mutations/mutation';
import { readProveOptions, type ProveOptions } from '../../prove/options';
import { readScenarios, smokeSized } from '../../prove/scenario';

const all = readScenarios();

function options(...given: readonly string[]): ProveOptions {
  const read = readProveOptions(given);
  if (read === 'help') throw new Error('no help was asked for');
  return read;
}

const namesOf = (items: readonly { readonly name: string }[]): readonly string[] => items.map(({ name }) => name);

test('a full run takes everything', () => {
  expect(chosenScenarios(all, options())).toEqual(all);
  expect(chosenMutations(options())).toEqual(mutations);
});

test('a smoke run takes every fault of its set, and by its seed some of the sequences and of the mutations', () => {
  const sized = all.flatMap(smokeSized);
  const faults = sized.filter((scenario) => !isLong(scenario));
  const drawn = Array.from({ length: 40 }, (_, seed) => options('--smoke', '--seed', String(seed)));

  for (const given of drawn) {
    const names = namesOf(chosenScenarios(all, given));
    expect(names).toEqual(expect.arrayContaining([...namesOf(faults)]));
    expect(names).toHaveLength(faults.length + 3);
    expect(chosenMutations(given)).toHaveLength(3);
    expect(namesOf(chosenScenarios(all, given))).toEqual(names);
  }
  expect(new Set(drawn.flatMap((given) => namesOf(chosenScenarios(all, given))))).toEqual(new Set(namesOf(sized)));
  expect(new Set(drawn.flatMap((given) => chosenMutations(given)))).toEqual(new Set(mutations));
});

test('only the named scenarios and mutations run', () => {
  expect(namesOf(chosenScenarios(all, options('--only', 'outage-of-days')))).toEqual(['outage-of-days']);
  expect(namesOf(chosenMutations(options('--smoke', '--only', 'random-batch')))).toEqual(['random-batch']);
  expect(chosenMutations(options('--smoke', '--mutations'))).toEqual(mutations);
  expect(() => chosenScenarios(all, options('--only', 'nothing'))).toThrow('nothing');
});

test('a scenario without a small run is not passed over in one', () => {
  const small = namesOf(all.flatMap(smokeSized));
  const large = namesOf(all).find((name) => !small.includes(name)) ?? '';

  expect(() => chosenScenarios(all, options('--smoke', '--only', large))).toThrow(`${large} has no small run`);
  expect(namesOf(chosenScenarios(all, options('--only', large)))).toEqual([large]);
});

test('without a seed each run has another one', () => {
  expect(options().seed).not.toBe(options().seed);
  expect(options('--seed', '7').seed).toBe(7);
  expect(() => options('--seed', 'x')).toThrow('--seed');
});
