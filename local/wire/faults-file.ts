import { readFileSync } from 'node:fs';
import { StartupFailure } from '../failure';
import { parseJson } from '../json';
import { FaultTable, readFaultRules } from './faults';

/** Creates the initial rule table: empty, or from the file of `--faults`. */
export function readFaultsFile(file: string | undefined): FaultTable {
  const table = new FaultTable();
  if (file === undefined) return table;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new StartupFailure(`The fault rules ${file} cannot be read.`);
  }
  const rules = readFaultRules(parseJson(text) ?? 'not JSON');
  if (typeof rules === 'string') throw new StartupFailure(`The fault rules ${file} are wrong: ${rules}.`);
  for (const rule of rules) table.add(rule);
  return table;
}
