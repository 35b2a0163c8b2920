import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export interface Java {
  readonly home: string;
  /** The major version: 25 of `25.0.1`. */
  readonly release: number;
}

/** Finds the newest Java in the usual places, the default one or not; `undefined` if there is none. */
export function newestJava(environment: NodeJS.ProcessEnv): Java | undefined {
  const onPath = (environment['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'java'));
  const shelves = [
    '/usr/lib/jvm',
    '/opt',
    '/opt/java',
    '/Library/Java/JavaVirtualMachines',
    join(homedir(), '.sdkman', 'candidates', 'java'),
    join(homedir(), '.jdks'),
  ];
  const homes = [
    environment['JAVA_HOME'] ?? '',
    ...onPath.filter((file) => existsSync(file)).map((file) => dirname(dirname(realpathSync(file)))),
    ...shelves.flatMap((shelf) => foldersIn(shelf).flatMap((folder) => [folder, join(folder, 'Contents', 'Home')])),
  ];
  return homes.flatMap(javaAt).toSorted((left, right) => right.release - left.release)[0];
}

function foldersIn(shelf: string): readonly string[] {
  return existsSync(shelf) ? readdirSync(shelf).map((name) => join(shelf, name)) : [];
}

/** Every Java states its version in a file. */
function javaAt(home: string): readonly Java[] {
  const file = join(home, 'release');
  if (home === '' || !existsSync(file) || !existsSync(join(home, 'bin', 'java'))) return [];
  const release = releaseIn(readFileSync(file, 'utf8'));
  return release === undefined ? [] : [{ home, release }];
}

export function releaseIn(text: string): number | undefined {
  const [, version] = /^JAVA_VERSION="?(\d+)/m.exec(text) ?? [];
  return version === undefined ? undefined : Number(version);
}
