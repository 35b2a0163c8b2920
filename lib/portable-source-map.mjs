// Rewrites the sources of a bundle's map as paths from the repository's root. esbuild writes them from where the bundle lies: the same
// source would have another asset hash wherever it is checked out or written to, and each would be released anew.
// node lib/portable-source-map.mjs FOLDER-OF-THE-BUNDLE ROOT
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const [folder = '.', root = '.'] = process.argv.slice(2);
const file = join(folder, 'index.mjs.map');
const map = JSON.parse(readFileSync(file, 'utf8'));

/** Packages may lie beside the repository, or be linked into it. */
const portable = (source) => {
  const path = resolve(folder, source).split(sep).join('/');
  const ofPackage = path.indexOf('/node_modules/');
  return ofPackage === -1 ? relative(root, path).split(sep).join('/') : path.slice(ofPackage + 1);
};

writeFileSync(file, JSON.stringify({ ...map, sources: map.sources.map(portable) }));
