import type { Check } from '../../operator/check';
import { style } from './style';

const marks: Readonly<Record<Check['outcome'], string>> = {
  fine: style.good('✓'),
  warning: style.warning('!'),
  wrong: style.bad('✗'),
  skipped: style.quiet('-'),
};

/** A check in a line, and how to fix what it found in another. */
export function checkText({ name, outcome, detail, mend }: Check): string {
  const line = `${marks[outcome]} ${detail === '' ? name : `${name}: ${detail}`}`;
  return mend === undefined ? line : `${line}\n    ${style.quiet('mend:')} ${mend}`;
}
