import type { Check } from '../../operator/check';
import { style } from './style';

const marks: Readonly<Record<Check['outcome'], string>> = {
  fine: style.good('✓'),
  warning: style.warning('!'),
  wrong: style.bad('✗'),
  skipped: style.quiet('-'),
};

/** Formats a check in one line, and the fix for its finding in another. */
export function checkText({ name, outcome, detail, fix }: Check): string {
  const line = `${marks[outcome]} ${detail === '' ? name : `${name}: ${detail}`}`;
  return fix === undefined ? line : `${line}\n    ${style.quiet('fix:')} ${fix}`;
}
