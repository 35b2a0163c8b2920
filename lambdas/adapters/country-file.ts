import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Reader, type CountryResponse } from 'mmdb-lib';
import { countryFileName } from '../contract';

/** ISO 3166-1 alpha-2 country of an address's network, such as `203.0.113.0/24`; `undefined` if unknown. */
export type CountryOf = (ipPrefix: string | undefined) => string | undefined;

/**
 * Looks up countries in the stage's MaxMind file beside the code; without a file all are unknown. Throws on another format: a failing
 * start is noticed, reports without countries are not.
 */
export function countryLookup(folder: string = process.env['LAMBDA_TASK_ROOT'] ?? ''): CountryOf {
  const file = join(folder, countryFileName);
  if (folder === '' || !existsSync(file)) return () => undefined;
  const reader = open(file);
  return (ipPrefix) => {
    const address = ipPrefix?.split('/')[0];
    if (address === undefined || address === '') return undefined;
    return reader.get(address)?.country?.iso_code;
  };
}

function open(file: string): Reader<CountryResponse> {
  try {
    return new Reader<CountryResponse>(readFileSync(file));
  } catch (cause) {
    throw new Error(`${file} is no file in MaxMind’s format`, { cause });
  }
}
