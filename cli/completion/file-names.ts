import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Returns files and folders whose paths begin with the typed text; folders end in `/`. */
export function fileNames(typed: string): readonly string[] {
  const folder = typed.endsWith('/') ? typed : dirname(typed);
  const prefix = typed.includes('/') ? folder : '';
  try {
    return readdirSync(folder, { withFileTypes: true })
      .map((entry) => `${prefix === '' ? entry.name : join(prefix, entry.name)}${entry.isDirectory() ? '/' : ''}`)
      .filter((path) => path.startsWith(typed.replace(/^\.\//, '')));
  } catch {
    return [];
  }
}
