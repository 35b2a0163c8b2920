import { createHash } from 'node:crypto';
import { chances } from '../local/wire/chances';

/** Returns a separate seed for a part of a run, so that no part depends on how often another one asked for a number. */
export function seedOf(seed: number, ...parts: readonly (string | number)[]): number {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...parts]))
    .digest()
    .readUInt32BE(0);
}

/** Numbers from 0 to 1 for a part of a run. */
export function chancesOf(seed: number, ...parts: readonly (string | number)[]): () => number {
  return chances(seedOf(seed, ...parts));
}
