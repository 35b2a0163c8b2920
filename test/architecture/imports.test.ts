import { existsSync, readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { functionNames } from '../../lib/functions';
import { importsOf, repository, sourcesIn, strays } from './support/sources';

/** Computation only, without anything outside the process. */
const purePackages = new Set([
  'node:crypto',
  'node:buffer',
  'node:net',
  'node:util',
  'node:zlib',
  'valibot',
  'isbot',
  'ipaddr.js',
  'bowser',
]);

/** Folders beside domain and adapters that several functions share. */
const sharedFolders = ['lambdas/judgement', 'lambdas/outbound'];

/** The folders of functions: each has a handler. */
const handlerFolders = readdirSync(path.join(repository, 'lambdas')).filter((name) =>
  existsSync(path.join(repository, 'lambdas', name, 'handler.ts')),
);

test('every function has an entry of its name, but for the gate of the edge, which only some stages have', () => {
  expect([...handlerFolders].sort()).toEqual([...functionNames, 'edge'].sort());
});

test('constructs take what they need of a stage, and none takes all of it: the stack alone hands it out', () => {
  const takers = importsOf('lib').filter(({ to }) => to === 'lib/stage-configuration');
  const others = takers.map(({ from }) => from).filter((from) => !from.startsWith('lib/stage/'));
  expect([...new Set(others)].sort()).toEqual(['lib/tracker-app.ts', 'lib/tracker-stack.ts']);
});

describe('imports point one way', () => {
  test('the infrastructure takes nothing from the functions but their contract, their counters and the columns of the facts', () => {
    // The rules for templates read them as JSON, as the local stack does.
    expect(
      strays('lib', ['lib', 'lambdas/contract', 'lambdas/counters', 'lambdas/domain/facts/columns', 'local/json']),
    ).toEqual([]);
    expect(strays('bin', ['bin', 'lib'])).toEqual([]);
  });

  test('the domain knows nobody: no other folder, no package that does I/O', () => {
    expect(strays('lambdas/domain', ['lambdas/domain'])).toEqual([]);
    const impure = importsOf('lambdas/domain').filter(({ to, isPackage }) => isPackage && !purePackages.has(to));
    expect(impure).toEqual([]);
  });

  test('the adapters know the domain, the contract and the counters', () => {
    expect(
      strays('lambdas/adapters', ['lambdas/adapters', 'lambdas/domain', 'lambdas/contract', 'lambdas/counters']),
    ).toEqual([]);
  });

  test.each(sharedFolders)('%s, which several functions share, knows none of them', (folder) => {
    expect(
      strays(folder, [folder, 'lambdas/domain', 'lambdas/adapters', 'lambdas/contract', 'lambdas/counters']),
    ).toEqual([]);
  });

  test('the functions know neither the infrastructure nor the local stack', () => {
    expect(strays('lambdas', ['lambdas'])).toEqual([]);
  });

  test.each(handlerFolders)('the function %s does not reach into another', (name) => {
    const own = `lambdas/${name}`;
    expect(
      strays(own, [
        own,
        'lambdas/domain',
        'lambdas/adapters',
        'lambdas/contract',
        'lambdas/counters',
        ...sharedFolders,
      ]),
    ).toEqual([]);
  });

  test('what a person who operates asks takes names and rules alone, and no package that does I/O', () => {
    expect(strays('operator', ['operator', 'lambdas/contract', 'lambdas/counters', 'lambdas/domain'])).toEqual([]);
    const packages = importsOf('operator').filter(({ isPackage }) => isPackage);
    expect(packages.filter(({ to }) => !['valibot', 'microdiff'].includes(to))).toEqual([]);
  });

  test('the command line speaks to the admin API, and shares nothing with it but names and rules', () => {
    expect(
      strays('cli', ['cli', 'operator', 'console', 'cost', 'lambdas/contract', 'lambdas/counters', 'lambdas/domain']),
    ).toEqual([]);
  });

  test('the server of the console knows no tracker, and what it asks of one is what the command line asks', () => {
    const failures = ['operator/failure', 'operator/api/api-failure'];
    expect(
      strays('console/server', ['console/server', 'console/build', 'console/index-document', ...failures]),
    ).toEqual([]);
    expect(strays('console/access', ['console', 'operator'])).toEqual([]);
  });

  test('the local stack runs the synthesized template, not the sources that it was made of', () => {
    // The version of the local DynamoDB is the pinned one, `npm run dev` builds functions by the template's own settings, and a start runs one module.
    const built = ['lib/bundling.json', 'cli/bundle.mjs'];
    expect(strays('local', ['local', 'console', 'package.json', ...built])).toEqual([]);
  });
});

test('a browser can run whatever the operator folder exports: nothing of Node is in its bundle', async () => {
  const files = sourcesIn('operator');
  const { outputFiles } = await build({
    stdin: {
      contents: files.map((file) => `export * as ${file.replace(/\W/g, '_')} from './${file}';`).join('\n'),
      resolveDir: repository,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  const [bundle] = outputFiles;
  expect(files.length).toBeGreaterThan(40);
  expect(bundle?.text).not.toMatch(/\b(?:Buffer|process|setImmediate|__dirname)\b\s*[.([]/);
});

test("every server on a developer's machine is guarded, and the public front guards its private routes itself", () => {
  const opened = ['local', 'cli', 'console'].flatMap(sourcesIn).filter((file) => {
    const source = readFileSync(path.join(repository, file), 'utf8');
    return /from 'node:(?:http|https|http2)'/.test(source) && /\bcreate(?:Secure)?Server\b/.test(source);
  });
  expect(opened).toEqual(['local/http-api/server.ts', 'console/server/loopback.ts']);
});
