import type { Deadline } from '../../adapters/deadline';
import type { RecountNote } from '../../adapters/recount-notes';
import type { RecountState } from '../../adapters/recount-state';
import type { Cell } from '../../domain/facts/audit-cells';
import type { FactSet } from '../../domain/facts/columns';
import type { FactObject } from '../../domain/facts/manifest';
import { spanOf } from '../../domain/facts/object-span';
import type { FactRow } from '../../domain/facts/rows';
import type { RecountServices } from '../http/recount-services';

/** The result of one call: the next state, its note, and the change of each cell. */
export interface RecountStep {
  readonly after: RecountState;
  readonly note: RecountNote;
  readonly cells: readonly Cell[];
}

/** The object of these rows, once it lies in the bucket. */
export async function writeFacts(
  key: string,
  set: FactSet,
  rows: readonly FactRow[],
  { files }: Pick<RecountServices, 'files'>,
  deadline: Deadline,
): Promise<FactObject> {
  const bytes = await files.write(key, set, rows, deadline);
  return { key, set, rows: rows.length, bytes, ...spanOf(set, rows) };
}
