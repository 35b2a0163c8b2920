import type { StoredVersion } from '../../adapters/configuration-item';
import type { DocumentKind } from '../../domain/configuration/document';
import { AdminError, fieldsError } from '../http/answer';
import type { AdminRequest } from '../http/request';

/** Reads the version that a change is based on from If-Match: `"3"`, `3` or `W/"3"`. `*` asks for nothing in particular. */
export function readIfMatch({ ifMatch }: AdminRequest): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const match = /^(?:W\/)?(?:"(\d{1,9})"|(\d{1,9}))$/.exec(ifMatch.trim());
  if (match === null) {
    throw fieldsError('HEADER_INVALID', 'A header is wrong', [
      { path: 'If-Match', problem: 'must be the number of a version, such as "3"' },
    ]);
  }
  return Number(match[1] ?? match[2]);
}

/** Rejects a change that is based on another version than the newest; version 0 is based on there being none. */
export function checkBase(
  base: number | undefined,
  newest: StoredVersion<DocumentKind> | undefined,
  what: string,
): void {
  if (base === undefined) return;
  if (newest === undefined || newest.deleted) {
    if (base === 0 || base === newest?.version) return;
    const now = newest === undefined ? 'which does not exist' : `which was deleted with version ${newest.version}`;
    throw conflict(`This change is based on version ${base} of ${what}, ${now}.`, base, newest?.version ?? 0);
  }
  if (base === newest.version) return;
  throw conflict(
    `This change is based on version ${base} of ${what}, and ${newest.author} has made version ${newest.version} of it since. ` +
      'Read it again, make the change in what is there now, and send that.',
    base,
    newest.version,
  );
}

export function conflict(message: string, basedOn?: number, currentVersion?: number): AdminError {
  return new AdminError('VERSION_CONFLICT', message, { basedOn, currentVersion });
}
