import type { StreamRecord } from '../adapters/stream-event';
import type { FactSet } from '../domain/facts/columns';

/** Returns the sources whose cost settings are needed: those of new clicks, since no other change counts a cost. */
export function costSources(set: FactSet, records: readonly StreamRecord[]): ReadonlySet<string> {
  if (set !== 'clicks') return new Set();
  return new Set(
    records.flatMap(({ before, after }) => {
      const source = after?.['source']?.S;
      const mayCost = after?.['cost'] !== undefined || after?.['parameters'] !== undefined;
      return before === undefined && mayCost && source !== undefined ? [source] : [];
    }),
  );
}
