import { existsSync, readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';

export const repository = path.join(__dirname, '..', '..', '..');

/** One import of a file of this repository. */
export interface Import {
  readonly from: string;
  /** A file of this repository without its extension, or a package. */
  readonly to: string;
  readonly isPackage: boolean;
}

/** The TypeScript files below a folder, by their paths from the root of the repository. */
export function sourcesIn(folder: string): string[] {
  const absolute = path.join(repository, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
    .filter((file) => /\.m?tsx?$/.test(file) && !file.includes('node_modules'));
}

const importPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"]+)\1/g;

export function importsOf(folder: string): Import[] {
  return sourcesIn(folder).flatMap((from) =>
    [...readFileSync(path.join(repository, from), 'utf8').matchAll(importPattern)].map(([, , target = '']) => {
      const isPackage = !target.startsWith('.');
      return { from, to: isPackage ? target : path.posix.join(path.posix.dirname(from), target), isPackage };
    }),
  );
}

export const within = (folder: string, target: string): boolean => target === folder || target.startsWith(`${folder}/`);

/** Imports of `folder` that stay in this repository and go elsewhere than `allowed`. */
export const strays = (folder: string, allowed: readonly string[]): Import[] =>
  importsOf(folder).filter(({ to, isPackage }) => !isPackage && !allowed.some((target) => within(target, to)));
