import { setTimeout as delay } from 'node:timers/promises';
import type { ReadVersion, StoredVersion, UnreadVersion } from '../../adapters/configuration-item';
import type { DocumentKind } from '../../domain/configuration/document';
import { checkBase, conflict } from './version-base';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

/** The content of the next version. An unreadable document can be ended unchanged, too. */
export type DocumentChange<Kind extends DocumentKind> =
  | Pick<ReadVersion<Kind>, 'document' | 'deleted' | 'keys' | 'problems'>
  | Pick<UnreadVersion<Kind>, 'document' | 'deleted' | 'keys' | 'problems'>;

export interface Commit<Kind extends DocumentKind> {
  readonly version: StoredVersion<Kind>;
  /** Whether there was none, or a deleted one, before. */
  readonly created: boolean;
  readonly changed: boolean;
}

const attempts = 30;
const spreadMilliseconds = 25;

/**
 * Makes the next version of a document. Whoever names the version it is based on gets an error when that is no longer the newest;
 * whoever names none goes after whoever was sooner, and no version is ever lost or written over.
 * @param change the next version from the newest, deleted ones included; `undefined` where nothing is to change
 */
export async function commit<Kind extends DocumentKind>(
  kind: Kind,
  request: RoutedRequest,
  { configuration }: Services,
  base: number | undefined,
  change: (newest: StoredVersion<Kind> | undefined) => DocumentChange<Kind> | undefined,
): Promise<Commit<Kind>> {
  const { id, author, deadline } = request;
  for (let attempt = 1; attempt <= attempts && deadline.remaining() > 0; attempt++) {
    const newest = await configuration.newest(kind, id, deadline);
    checkBase(base, newest, `${kind} ${id}`);
    const created = newest === undefined || newest.deleted;
    const next = change(newest);
    if (next === undefined) {
      if (newest === undefined) throw new Error(`nothing is no ${kind}`);
      return { version: newest, created: false, changed: false };
    }
    const version: StoredVersion<Kind> = {
      ...next,
      kind,
      id,
      version: (newest?.version ?? 0) + 1,
      // No version is older than the one before it, whatever the clocks of two functions say.
      changedAt: Math.max(Date.now(), newest?.changedAt ?? 0),
      author,
    };
    if (await configuration.write(version, deadline)) return { version, created, changed: true };
    await delay(Math.random() * spreadMilliseconds * attempt);
  }
  throw conflict(`Others keep changing ${kind} ${id} at this moment; nothing was changed. Try again.`);
}
