import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartupFailure } from '../failure';

/**
 * Finds the dynoxide binary: in the package for this platform, or wherever the umbrella package `dynoxide` put it.
 * Both are looked for in every `node_modules` from here up.
 */
export function findDynoxide(platform = process.platform, architecture = process.arch): string {
  const file = platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  for (const modules of nodeModulesFolders(__dirname)) {
    for (const name of platformPackages(join(modules, '@dynoxide'), platform, architecture)) {
      for (const path of [join(modules, '@dynoxide', name, file), join(modules, '@dynoxide', name, 'bin', file)]) {
        if (existsSync(path)) return path;
      }
    }
    for (const path of [join(modules, 'dynoxide', file), join(modules, 'dynoxide', 'bin', file)]) {
      if (existsSync(path)) return path;
    }
  }
  throw new StartupFailure(
    `There is no dynoxide binary for ${platform}-${architecture}: install it with "npm i --no-save dynoxide", or give any DynamoDB-compatible server with --dynamodb-endpoint URL.`,
  );
}

/** `linux-x64`, but also names with a C library, such as `linux-x64-musl`. */
function platformPackages(scope: string, platform: string, architecture: string): string[] {
  if (!existsSync(scope)) return [];
  const prefix = platform === 'win32' ? 'win' : platform;
  return readdirSync(scope).filter((name) => name.startsWith(prefix) && name.includes(architecture));
}

function nodeModulesFolders(start: string): string[] {
  const folders: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) folders.push(modules);
    if (dirname(folder) === folder) return folders;
  }
}
