import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as v from 'valibot';
import { settingGroups } from '../../docs/configuration/settings';
import { pageWithTables } from '../../docs/configuration/tables';
import { functionEntry, functionNames } from '../../lib/functions';
import { repository } from './synthesized';

const page = readFileSync(path.join(repository, 'docs', 'configuration.md'), 'utf8');

test('docs/configuration.md shows every setting as the schema has it: `npm run docs` writes it anew', () => {
  expect(page).toBe(pageWithTables(page));
});

const settings = settingGroups().flatMap((group) =>
  group.settings.map((one) => ({ ...one, path: `${group.path} ${one.name}` })),
);

test('every setting says what it is for and what is allowed', () => {
  expect(settings.filter(({ description }) => description === '').map((one) => one.path)).toEqual([]);
  expect(settings.filter(({ allowed }) => allowed === '' || allowed === 'undefined').map((one) => one.path)).toEqual(
    [],
  );
});

test('every setting that is no object has an example, which is allowed', () => {
  const single = settings.filter(({ schema }) => !schema.entries && !schema.item);
  expect(single.filter(({ example }) => example === undefined).map((one) => one.path)).toEqual([]);
  for (const { schema, example, path: at } of settings.filter((one) => one.example !== undefined)) {
    expect([at, v.safeParse(schema, example).success]).toEqual([at, true]);
  }
});

test('it names the alarms that turn a release back', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` +\| ((?:`\w+`,? ?)+) *\|$/gm)].map(([, name = '', alarms = '']) => [
    name,
    [...alarms.matchAll(/`(\w+)`/g)].map(([, alarm]) => alarm),
  ]);
  const expected = functionNames.flatMap((name) => {
    const { rollbackAlarms } = functionEntry(name);
    return rollbackAlarms === undefined ? [] : [[name, rollbackAlarms] as const];
  });
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
});
