import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { readAssembly, type Assembly } from '../../local/assembly/read-assembly';
import { readFunctions } from '../../local/template/read-functions';
import { readResources } from '../../local/template/resources';

/** The functions that meet each other's rows and messages. */
export const pinnedFunctions = ['Click', 'Postback', 'Retry', 'Admin'] as const;
export type PinnedFunction = (typeof pinnedFunctions)[number];

/** The code of each function, as it is deployed. */
export type BundleTexts = Readonly<Record<PinnedFunction, string>>;

export const pinnedFile = join('pinned', 'bundles.json.br');

/** The four share most of their code: packed as one text they take a quarter of what they take alone. */
export function pack(texts: BundleTexts): Buffer {
  const bytes = Buffer.from(JSON.stringify(texts));
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

function pinnedTexts(): BundleTexts {
  return JSON.parse(brotliDecompressSync(readFileSync(join(__dirname, pinnedFile))).toString());
}

/** Where each function's code lies in an assembly. */
function bundlePaths(assembly: Assembly): Record<PinnedFunction, string> {
  const functions = readFunctions(readResources(assembly, 'http://queues'), assembly);
  const pathOf = (name: PinnedFunction): string => {
    const found = functions.find(({ label }) => label === `Functions${name}`);
    if (!found) throw new Error(`the assembly has no function ${name}`);
    return join(found.assetDirectory, 'index.mjs');
  };
  return { Click: pathOf('Click'), Postback: pathOf('Postback'), Retry: pathOf('Retry'), Admin: pathOf('Admin') };
}

export function textsOf(assembly: Assembly): BundleTexts {
  const paths = bundlePaths(assembly);
  const read = (name: PinnedFunction): string => readFileSync(paths[name], 'utf8');
  return { Click: read('Click'), Postback: read('Postback'), Retry: read('Retry'), Admin: read('Admin') };
}

/** A copy of an assembly in which the functions of `old` run the code of the version before, and everything else is as it is. */
export function assemblyWith(assemblyDirectory: string, old: readonly PinnedFunction[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-both-versions-'));
  cpSync(assemblyDirectory, directory, { recursive: true });
  const paths = bundlePaths(readAssembly(directory));
  const texts = pinnedTexts();
  for (const name of old) writeFileSync(paths[name], texts[name]);
  return directory;
}
