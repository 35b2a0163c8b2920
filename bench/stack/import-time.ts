import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readAssembly } from '../../local/assembly/read-assembly';
import { environmentVariablesOf } from '../../local/lambda/environment-variables';
import { readStack } from '../../local/template/read-stack';

export interface ImportTime {
  readonly function: string;
  readonly kilobytes: number;
  /** Median milliseconds of a core until the bundle is loaded, in a separate process. */
  readonly milliseconds: number;
}

const runs = 9;
const nowhere = 'http://127.0.0.1:9';

/** Measures the CPU with which Node loads the bundle of each function, and an empty module beside them. */
export function importTimes(assembly: string): ImportTime[] {
  const functions = readStack(readAssembly(assembly), nowhere).functions.map((model) => {
    const [file = ''] = model.handler.split('.');
    const path = join(model.assetDirectory, `${file}.mjs`);
    if (!existsSync(path)) throw new Error(`The function ${model.label} has no ${path}.`);
    const environment = environmentVariablesOf(model, nowhere, '127.0.0.1:9', 'bench');
    return { name: model.label, url: pathToFileURL(path).href, bytes: statSync(path).size, environment };
  });
  const empty = { name: 'an empty module', url: 'data:text/javascript,', bytes: 0, environment: {} };
  return [...functions, empty].map(({ name, url, bytes, environment }) => ({
    function: name,
    kilobytes: Math.round(bytes / 1000),
    milliseconds: median(Array.from({ length: runs }, () => timeOf(url, environment))),
  }));
}

function timeOf(url: string, environment: NodeJS.ProcessEnv): number {
  // CPU time, since other work on the machine would lengthen the time of the clock.
  const program = `const began = process.cpuUsage();
await import(${JSON.stringify(url)});
const { user, system } = process.cpuUsage(began);
process.stdout.write(String((user + system) / 1000), () => process.exit());`;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: environment, encoding: 'utf8' }),
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
}
