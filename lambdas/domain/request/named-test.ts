import { plainValue, unquoted } from '../text/percent-encoding';
import type { Parameter } from '../text/query';
import { foldName, subjects } from './parameter-index';

const testFlags = new Set(
  'is_test istest test_mode testmode test_order is_test_order test_transaction is_sandbox sandbox sandbox_mode'.split(
    ' ',
  ),
);
const liveFlags = new Set('livemode live_mode is_live islive'.split(' '));
const modeNames = new Set('mode env environment'.split(' '));

/** The parameter that says that a postback is a test, under another name than `test`. */
export function findNamedTest(parameters: readonly Parameter[]): Parameter | undefined {
  return parameters.find((parameter) => {
    if (parameter.value.length > 16 || parameter.name.length > 64) return false;
    const folded = foldName(parameter.name);
    const own = folded.slice(folded.lastIndexOf('.') + 1);
    const isTest = says(own, unquoted(plainValue(parameter.value)).toLowerCase());
    return (
      isTest &&
      folded
        .split('.')
        .slice(0, -1)
        .every((part) => subjects.has(part))
    );
  });
}

function says(name: string, value: string): boolean {
  if (testFlags.has(name)) return /^(?:1|true|yes|y|on|test|sandbox)$/.test(value);
  if (liveFlags.has(name)) return /^(?:0|false|no|n|off)$/.test(value);
  return modeNames.has(name) && /^(?:test|sandbox|testing)$/.test(value);
}
