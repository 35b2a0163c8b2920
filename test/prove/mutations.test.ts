import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutate, mutations } from '../../prove/mutations/mutation';
import { readScenarios, smokeSized } from '../../prove/scenario';

const source = (file: string): string => readFileSync(join(__dirname, '..', '..', file), 'utf8');

test.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
  'the mutation %s still fits the source, and the scenario that must catch it is part of the smoke run',
  (_name, mutation) => {
    expect(mutate(source(mutation.file), mutation)).toContain(mutation.to);
    expect(
      readScenarios()
        .flatMap(smokeSized)
        .map(({ name }) => name),
    ).toContain(mutation.scenario);
  },
);

test('a mutation that does not fit is rejected, not skipped', () => {
  const [mutation] = mutations;
  if (mutation === undefined) throw new Error('there are no mutations');

  expect(() => mutate('something else', mutation)).toThrow(/0 times/);
  expect(() => mutate(`${mutation.from} ${mutation.from}`, mutation)).toThrow(/2 times/);
});
