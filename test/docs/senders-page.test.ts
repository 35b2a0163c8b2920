import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { integrationSchema } from '../../lambdas/domain/configuration/integration';
import { reasons, warningCodes } from '../../lambdas/domain/values/reasons';
import { root } from '../e2e/assembly';

const page = 'docs/senders.md';
const text = readFileSync(join(root, page), 'utf8');

test('every code that docs/senders.md names is one that is answered', () => {
  const codes = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, code = '']) => code);
  const known: readonly string[] = [...Object.keys(reasons), ...warningCodes];

  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code) => !known.includes(code))).toEqual([]);
});

test('every setting that docs/senders.md shows is a field of an integration', () => {
  const settings = [...text.matchAll(/`([a-z][A-Za-z]+): /g)].map(([, name = '']) => name);
  const fields = Object.keys(integrationSchema.entries);

  expect(settings.length).toBeGreaterThan(10);
  expect(settings.filter((name) => !fields.includes(name))).toEqual([]);
});

test('every link of docs/senders.md leads somewhere', () => {
  const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => join(dirname(page), link));

  expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
});
