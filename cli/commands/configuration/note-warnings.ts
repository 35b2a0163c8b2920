import type { Output } from '../../terminal/output';
import { style } from '../../terminal/style';

/** Prints the warnings about accepted documents beside the result. */
export function noteWarnings(output: Output, warnings: readonly string[]): void {
  for (const warning of warnings) output.note(style.warning(`warning: ${warning}`, process.stderr));
}
