import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { repository, sourcesIn, within } from './support/sources';

const contributing = readFileSync(path.join(repository, 'CONTRIBUTING.md'), 'utf8');

/** The rows of "Where a change goes": the kind of change, and the files and folders that its row names. */
const rows = new Map(
  [...contributing.matchAll(/^\| (an? [^|]+?) +\| (.*`.*) \|$/gm)].map(([, kind = '', files = '']) => [
    kind,
    [...files.matchAll(/`([^`]+\/[^`]*)`/g)].map(([, file = '']) => file),
  ]),
);

/** One existing change of each kind, and the text by which each file that knows it names it. */
const examples: readonly { readonly kind: string; readonly name: string; readonly text: RegExp }[] = [
  { kind: 'a preset', name: 'warriorplus', text: /\bwarriorplus\b/ },
  { kind: 'a reason', name: 'CLICK_EXPIRED', text: /\bCLICK_EXPIRED\b/ },
  { kind: 'a reason', name: 'OK_IGNORED', text: /\bOK_IGNORED\b/ },
  { kind: 'a field of an integration', name: 'retryWindow', text: /\bretryWindow\b/ },
  { kind: 'an alarm', name: 'CountingLate', text: /\bCountingLate\b/ },
  { kind: 'a command', name: 'doctor', text: /\baddDoctorCommand\b/ },
  { kind: 'a route of the admin API', name: 'presets', text: /\b(?:getPresets|presetRoutes)\b/ },
  { kind: 'a function', name: 'dispatch', text: /\bdispatch\b['":,.]|\bfunctions\.dispatch\b/ },
];

const product = ['bin', 'lib', 'lambdas', 'operator', 'cli', 'console'].flatMap(sourcesIn);

test('each kind of change has a row, and an example that exists', () => {
  expect([...rows.keys()].sort()).toEqual([...new Set(examples.map(({ kind }) => kind))].sort());
});

test.each(examples)('$kind is at most five files, which CONTRIBUTING.md names: $name', ({ kind, name, text }) => {
  const listed = (rows.get(kind) ?? []).map((file) => file.replaceAll('NAME', name));
  const touched = product.filter((file) => text.test(readFileSync(path.join(repository, file), 'utf8')));

  expect(listed.length).toBeLessThanOrEqual(5);
  expect(listed.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
  expect(touched.length).toBeGreaterThan(0);
  expect(touched.filter((file) => !listed.some((target) => within(target, file)))).toEqual([]);
});
