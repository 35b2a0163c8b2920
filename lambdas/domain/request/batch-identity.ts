import { createHash } from 'node:crypto';

/** The sender's options for a whole batch, in its query. */
export interface BatchFlags {
  /** Judges every row and records none. */
  readonly dryRun: boolean;
  /** Records every row as a test. */
  readonly test: boolean;
}

/**
 * Returns the identity of a batch, wherever and however often it is sent: 32 bytes of its integration and content, or of the sender's key
 * where it names one. A dry run and a test differ from the real batch.
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

/** Returns the identity of a row: equal for the same row of the same batch only. */
export function rowStatement(identity: Uint8Array, row: number, body: string): string {
  return createHash('sha256').update(identity).update(`#${row}#`).update(body).digest('base64url');
}

function sha256(content: Uint8Array | string): Buffer {
  return createHash('sha256').update(content).digest();
}
