import { homedir } from 'node:os';
import { join } from 'node:path';

/** The reason why a proof is impossible on this machine, in one sentence. It is no failure of the tracker. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

/** The folder of tools that a proof installs once. */
export const cacheFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'postback-tracker');

export const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';
