import { createHash } from 'node:crypto';
import type { PostbackRequest } from './request';

/** A hash of a request byte for byte, 96 bits of it: the network's own retry has the one of the first sending. */
export function fingerprintOf({ method, path, rawQuery, body }: PostbackRequest): string {
  const head = JSON.stringify([method, path, rawQuery]);
  return createHash('sha256').update(head).update(body).digest('base64url').slice(0, 16);
}
