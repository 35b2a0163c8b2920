import { build, type Plugin } from 'esbuild';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import bundling from '../../lib/bundling.json';
import { readAssembly } from '../../local/assembly/read-assembly';
import { objectOrEmpty, stringOrUndefined } from '../../local/json';
import { mutate, type Mutation } from './mutation';

const projectFolder = join(__dirname, '..', '..');

/** A copy of an assembly whose bundles carry a mutation. */
export async function mutatedAssembly(assembly: string, folder: string, mutation: Mutation): Promise<string> {
  cpSync(assembly, folder, { recursive: true });
  for (const name of mutation.functions) await bundle(name, bundleFolder(folder, name), mutation);
  return folder;
}

/** The folder of a function's bundle: its code's S3 key says which asset it is. */
function bundleFolder(assembly: string, name: string): string {
  const { template, assetPaths } = readAssembly(assembly);
  const found = Object.entries(objectOrEmpty(template['Resources'])).find(
    ([id, resource]) =>
      objectOrEmpty(resource)['Type'] === 'AWS::Lambda::Function' && id.toLowerCase().startsWith(`functions${name}`),
  );
  const code = objectOrEmpty(objectOrEmpty(objectOrEmpty(found?.[1])['Properties'])['Code']);
  const path = assetPaths.get(stringOrUndefined(code['S3Key']) ?? '');
  if (path === undefined || !existsSync(join(path, 'index.mjs'))) throw new Error(`no bundle of ${name} was found`);
  return path;
}

/** Puts a handler's bundle with a mutation in place; throws where that is the same program as without it. */
async function bundle(name: string, folder: string, mutation: Mutation): Promise<void> {
  const [mutated, sound] = await Promise.all([bundleText(name, mutation), bundleText(name)]);
  if (mutated === sound) throw new Error(`the mutation ${mutation.name} changes nothing in the bundle of ${name}`);
  writeFileSync(join(folder, 'index.mjs'), mutated);
}

/** Bundles a handler as lib/function-bundles.ts does, without minifying it. */
async function bundleText(handler: string, mutation?: Mutation): Promise<string> {
  const plugin: Plugin = {
    name: 'mutation',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (mutation === undefined || resolve(path) !== join(projectFolder, mutation.file)) return undefined;
        return { contents: mutate(readFileSync(path, 'utf8'), mutation), loader: 'ts' };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(projectFolder, 'lambdas', handler, 'handler.ts')],
    write: false,
    bundle: true,
    platform: 'node',
    target: bundling.target,
    format: 'esm',
    mainFields: bundling.mainFields,
    loader: Object.fromEntries(bundling.emptied.map((extension) => [extension, 'empty' as const])),
    alias: Object.fromEntries(
      Object.entries(bundling.leftOut).map(([name, file]) => [name, join(projectFolder, file)]),
    ),
    plugins: [plugin],
    logLevel: 'error',
  });
  return outputFiles.map(({ text }) => text).join('');
}
