import type { Output } from '../../terminal/output';
import { style } from '../../terminal/style';

/** Says beside the answer what is odd about documents that are taken all the same. */
export function noteWarnings(output: Output, warnings: readonly string[]): void {
  for (const warning of warnings) output.note(style.warning(`warning: ${warning}`, process.stderr));
}
