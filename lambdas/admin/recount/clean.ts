import type { Deadline } from '../../adapters/deadline';
import type { RecountNotes } from '../../adapters/recount-notes';
import type { RecountState } from '../../adapters/recount-state';
import type { FactObject } from '../../domain/facts/manifest';
import { countedKey, dayKey, dayOf } from '../../domain/facts/object-key';
import { withoutCopies } from '../../domain/facts/recount-clicks';
import type { FactRow } from '../../domain/facts/rows';
import type { RecountServices } from '../http/recount-services';
import { writeFacts, type RecountStep } from './step';

/**
 * Writes objects that hold copies of clicks again without them, until the time is used up: a click is one row, which no other row takes
 * back. The object as it is stays in the bucket, and counts until the recount is taken.
 */
export async function cleanStep(
  state: RecountState,
  notes: RecountNotes,
  services: RecountServices,
  until: Deadline,
  deadline: Deadline,
): Promise<RecountStep> {
  const waiting = [...new Set(notes.copies.map(({ of }) => of))].filter((key) => !notes.dropped.includes(key));
  const [outputs, dropped]: [FactObject[], string[]] = [[], []];
  for (const key of waiting) {
    const copies: FactRow[] = [];
    for (const one of notes.copies.filter(({ of }) => of === key)) {
      copies.push(...(await services.files.read(one.key, 'clicks', deadline)));
    }
    const rows = withoutCopies(await services.files.read(key, 'clicks', deadline), copies);
    if (rows.length > 0) {
      const day = dayOf({ key });
      const id = services.newId();
      const name = day === undefined ? countedKey('clicks', id) : dayKey('clicks', day, id);
      outputs.push(await writeFacts(name, 'clicks', rows, services, deadline));
    }
    dropped.push(key);
    if (until.remaining() === 0) break;
  }
  const isDone = dropped.length === waiting.length;
  return { after: { ...state, phase: isDone ? 'ready' : 'cleaning' }, note: { outputs, dropped }, cells: [] };
}
