import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countryLookup } from '../../../lambdas/adapters/country-file';
import { countryFileName } from '../../../lambdas/contract';
import { countryDatabase } from './support/country-database';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'countries-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['203.0.113.0/24', 'NZ'],
  ['198.51.100.0/24', 'DE'],
  ['192.0.2.0/24', undefined],
  ['2001:db8::/48', undefined],
  [undefined, undefined],
  ['', undefined],
])('the country of %s is %s', (ipPrefix, country) => {
  writeFileSync(
    join(folder, countryFileName),
    countryDatabase([
      ['203.0.113.0/24', 'NZ'],
      ['198.51.100.0/24', 'DE'],
    ]),
  );

  expect(countryLookup(folder)(ipPrefix)).toBe(country);
});

test('without a file no country is known', () => {
  expect(countryLookup(folder)('203.0.113.0/24')).toBeUndefined();
  expect(countryLookup('')('203.0.113.0/24')).toBeUndefined();
});

test('a file of another format is noticed at the start', () => {
  writeFileSync(join(folder, countryFileName), 'country,code');

  expect(() => countryLookup(folder)).toThrow('is no file in MaxMind’s format');
});
