import type { DocumentKind } from '../domain/configuration/document';
import type { ConfigurationTable } from './configuration-table';

/** As long as nobody waits who has just made a document, and long enough for a stream of changes that name none. */
const absentMilliseconds = 5000;
/** Names come from visitors: there is no end of them. */
const mostNames = 1000;

/**
 * Documents, where that one is missing is remembered for a moment. It is for functions that look up what visitors name, batch after batch:
 * a source that nobody has set up costs no read of each of its changes.
 */
export function rememberAbsence<Kinds extends DocumentKind>(
  { find }: Pick<ConfigurationTable<Kinds>, 'find'>,
  cacheSeconds: number,
  clock: () => number = Date.now,
): Pick<ConfigurationTable<Kinds>, 'find'> {
  const absent = new Map<string, number>();
  const remembered = Math.min(absentMilliseconds, cacheSeconds * 1000);
  return {
    async find(kind, id, deadline) {
      const name = `${kind} ${id}`;
      const until = absent.get(name);
      if (until !== undefined && clock() < until) return undefined;
      const found = await find(kind, id, deadline);
      if (found !== undefined) absent.delete(name);
      else {
        if (absent.size >= mostNames) absent.clear();
        absent.set(name, clock() + remembered);
      }
      return found;
    },
  };
}
