import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** The version of this checkout. */
export function trackerVersion(): string {
  const file = join(__dirname, '..', '..', 'package.json');
  return v.parse(v.object({ version: v.string() }), JSON.parse(readFileSync(file, 'utf8'))).version;
}
