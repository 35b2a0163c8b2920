import { statSync } from 'node:fs';
import { join } from 'node:path';
import { functionNames } from '../../lib/functions';
import { isCodeWanted } from '../../lib/function-bundles';
import type * as bundles from '../../lib/function-bundles';

jest.setTimeout(120_000);

/** As another synth asks for it. */
function bundleOf(name: string): string {
  let found = '';
  jest.isolateModules(() => {
    found = jest.requireActual<typeof bundles>('../../lib/function-bundles').bundleOf(name);
  });
  return found;
}

test('every function has a bundle, and the next synth takes the same one while no source changed', () => {
  const first = functionNames.map((name) => statSync(join(bundleOf(name), 'index.mjs')));
  const second = functionNames.map((name) => statSync(join(bundleOf(name), 'index.mjs')));

  expect(second.map(({ ino, mtimeMs }) => [ino, mtimeMs])).toEqual(first.map(({ ino, mtimeMs }) => [ino, mtimeMs]));
});

test.each([
  ['a synth by the command line of the CDK', { 'aws:cdk:bundling-stacks': ['**'] }, true],
  ['an app that is run alone', { stage: 'dev' }, true],
  ['`cdk ls`, and what computes a cost', { stage: 'dev', 'aws:cdk:bundling-stacks': [] }, false],
])('whether %s asks for code: %j', (_, context, wanted) => {
  expect(isCodeWanted({ CDK_CONTEXT_JSON: JSON.stringify(context) })).toBe(wanted);
});
