import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { repository, sourcesIn } from './support/sources';

const declaration =
  /^export (?:default )?(?:abstract )?(?:async )?(?:function\*?|const|class|interface|type|enum) ([A-Za-z]\w*)/gm;

const exportedNames = (file: string): readonly string[] =>
  [...readFileSync(path.join(repository, file), 'utf8').matchAll(declaration)].map(([, name = '']) => name);

const roots = [
  'lambdas',
  'operator',
  'cli',
  'console/server',
  'console/access',
  'local',
  'cost',
  'bench',
  'docs',
  'prove',
  'release',
];

/** Folders where a name means the same in each file by its place: a function's entry, the guide of a preset, steps of a deployment. */
const named = /^(?:lambdas\/[^/]+\/handler\.ts|lambdas\/domain\/presets\/guides\/|prove\/deploy\/)/;

/** One thing twice: as it is stored, and as the admin API answers it to an operator. */
const shapesOfAnswers = ['Conversion', 'Delivery', 'LogRow', 'Measure', 'measureOf', 'Report', 'ReportRow', 'Verdict'];

/** The local stack runs the synthesized template and imports nothing of the product. */
const ofTheLocalStack = ['counted', 'messageOf'];

function declarationsIn(folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const file of folders.flatMap(sourcesIn).filter((one) => !named.test(one))) {
    for (const name of exportedNames(file)) files.set(name, [...(files.get(name) ?? []), file]);
  }
  return files;
}

test('an exported name is declared once, and means one thing in the whole tree', () => {
  const files = declarationsIn(roots);
  const allowed = new Set([...shapesOfAnswers, ...ofTheLocalStack]);
  const repeated = [...files].filter(([name, declared]) => declared.length > 1 && !allowed.has(name));

  expect(files.size).toBeGreaterThan(500);
  expect(repeated).toEqual([]);
});

/** The page is a program of its own: its components and screens have the names of what they show. */
test('an exported name of the console page is declared once in the page', () => {
  const files = declarationsIn(['console/page']);

  expect(files.size).toBeGreaterThan(100);
  expect([...files].filter(([, declared]) => declared.length > 1)).toEqual([]);
});
