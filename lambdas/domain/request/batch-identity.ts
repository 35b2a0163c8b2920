import { createHash } from 'node:crypto';

/** What the sender asked of a whole batch, in its query. */
export interface BatchFlags {
  /** Judges every row and records none. */
  readonly dryRun: boolean;
  /** Records every row as a test. */
  readonly test: boolean;
}

/**
 * What a batch is known by, wherever and however often it is sent: 32 bytes made from its integration and its content, or from the
 * sender's own key where it names one. A dry run and a test are other batches than the real one.
 */
export function batchIdentity(
  integration: string,
  body: Uint8Array,
  { dryRun, test }: BatchFlags,
  idempotencyKey?: string,
): Uint8Array {
  const content = idempotencyKey === undefined ? ['body', sha256(body).toString('hex')] : ['key', idempotencyKey];
  return sha256(JSON.stringify(['batch', integration, dryRun, test, ...content]));
}

/** What a row is known by: the same row of the same batch, and no other. */
export function rowStatement(identity: Uint8Array, row: number, body: string): string {
  return createHash('sha256').update(identity).update(`#${row}#`).update(body).digest('base64url');
}

function sha256(content: Uint8Array | string): Buffer {
  return createHash('sha256').update(content).digest();
}
