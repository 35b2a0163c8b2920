import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/**
 * Rewrites the sources of a bundle's map as paths from the repository's root. esbuild writes them relative to the bundle, so that each
 * checkout or output folder would change the asset hash and release the same code again.
 * @param folder the folder of `index.mjs` and its map
 */
export function makeMapPortable(folder: string, repository: string): void {
  const file = path.join(folder, 'index.mjs.map');
  const map: { readonly sources: readonly string[] } = JSON.parse(readFileSync(file, 'utf8'));
  const sources = map.sources.map((source) => portable(path.resolve(folder, source), repository));
  writeFileSync(file, JSON.stringify({ ...map, sources }));
}

/** Packages may lie beside the repository, or be linked into it. */
function portable(source: string, repository: string): string {
  const written = source.split(path.sep).join('/');
  const ofPackage = written.indexOf('/node_modules/');
  return ofPackage === -1 ? path.relative(repository, source).split(path.sep).join('/') : written.slice(ofPackage + 1);
}
