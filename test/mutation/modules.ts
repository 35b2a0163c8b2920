import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { transformSync } from 'esbuild';

type Compiled = (
  module: { exports: unknown },
  exports: unknown,
  require: (id: string) => unknown,
  directory: string,
  file: string,
) => void;

const compiled = new Map<string, Compiled>();

function compile(file: string): Compiled {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    loader: 'ts',
    format: 'cjs',
    target: 'es2023',
    sourcefile: file,
    sourcemap: 'inline',
  });
  const wrapped = `(function (module, exports, require, __dirname, __filename) {${code}\n})`;
  return new Script(wrapped, { filename: file }).runInThisContext() as Compiled;
}

function typescriptFileOf(id: string, from: string): string | undefined {
  if (!id.startsWith('.')) {
    return undefined;
  }
  const path = join(dirname(from), id);
  return [`${path}.ts`, join(path, 'index.ts'), path].find((file) => file.endsWith('.ts') && existsSync(file));
}

/**
 * Loads TypeScript modules that share nothing with those of another call: what a module keeps from one mutant would decide about the next.
 * A file is compiled once for all of them. Packages are those of the process.
 */
export function newModules(): (file: string) => unknown {
  const loaded = new Map<string, { exports: unknown }>();
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known !== undefined) {
      return known.exports;
    }
    const module = { exports: {} };
    loaded.set(file, module);
    const native = createRequire(file);
    const run = compiled.get(file) ?? compile(file);
    compiled.set(file, run);
    run(
      module,
      module.exports,
      (id) => {
        const source = typescriptFileOf(id, file);
        return source === undefined ? native(id) : load(source);
      },
      dirname(file),
      file,
    );
    return module.exports;
  };
  return load;
}
