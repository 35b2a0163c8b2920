import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, StartupFailure } from '../failure';
import { objectOrEmpty, parseJson, stringOrUndefined } from '../json';
import { commandLineOf, isAlive } from './processes';

/** Allows one stack at a time per data folder: two would write the same SQLite files. */
export interface DataFolderLock {
  release(): void;
}

/** Takes the lock, also from a process that died without releasing it. */
export function lockDataFolder(dataFolder: string): DataFolderLock {
  const path = join(dataFolder, 'lock.json');
  const own = JSON.stringify({ pid: process.pid, command: commandLineOf(process.pid) });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(path, own, { flag: 'wx' });
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw unwritable(dataFolder);
    }
    const holder = readHolder(path);
    if (holder !== undefined) {
      throw new StartupFailure(
        `The data folder ${dataFolder} is in use by another running stack (process ${holder}): stop it, or give this one its own with --data DIR.`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new StartupFailure(`Another stack is starting on the data folder ${dataFolder} right now.`);
}

export function unwritable(dataFolder: string): StartupFailure {
  return new StartupFailure(`The data folder ${dataFolder} cannot be written: choose another with --data DIR.`);
}

/** Returns the process that took the lock, if it still runs. */
function readHolder(path: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const { pid, command } = objectOrEmpty(parseJson(text));
  if (typeof pid !== 'number' || !isAlive(pid)) return undefined;
  const running = commandLineOf(pid);
  const recorded = stringOrUndefined(command);
  return recorded === undefined || running === recorded ? pid : undefined;
}
