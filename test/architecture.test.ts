import { existsSync, readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { functionNames } from '../lib/functions';

const repository = path.join(__dirname, '..');

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

interface Import {
  readonly from: string;
  /** A file of this repository without its extension, or a package. */
  readonly to: string;
  readonly isPackage: boolean;
}

function sourcesIn(folder: string): string[] {
  const absolute = path.join(repository, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
    .filter((file) => /\.m?tsx?$/.test(file) && !file.includes('node_modules'));
}

const importPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"]+)\1/g;

function importsOf(folder: string): Import[] {
  return sourcesIn(folder).flatMap((from) =>
    [...readFileSync(path.join(repository, from), 'utf8').matchAll(importPattern)].map(([, , target = '']) => {
      const isPackage = !target.startsWith('.');
      return { from, to: isPackage ? target : path.posix.join(path.posix.dirname(from), target), isPackage };
    }),
  );
}

const within = (folder: string, target: string): boolean => target === folder || target.startsWith(`${folder}/`);

/** Imports of `folder` that stay in this repository and go elsewhere than `allowed`. */
const strays = (folder: string, allowed: readonly string[]): Import[] =>
  importsOf(folder).filter(({ to, isPackage }) => !isPackage && !allowed.some((target) => within(target, to)));

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
  test('the infrastructure takes nothing from the functions but their contract and the columns of the facts', () => {
    // The rules for templates read them as JSON, as the local stack does.
    expect(strays('lib', ['lib', 'lambdas/contract', 'lambdas/domain/facts/columns', 'local/json'])).toEqual([]);
    expect(strays('bin', ['bin', 'lib'])).toEqual([]);
  });

  test('the domain knows nobody: no other folder, no package that does I/O', () => {
    expect(strays('lambdas/domain', ['lambdas/domain'])).toEqual([]);
    const impure = importsOf('lambdas/domain').filter(({ to, isPackage }) => isPackage && !purePackages.has(to));
    expect(impure).toEqual([]);
  });

  test('the adapters know the domain and the contract', () => {
    expect(strays('lambdas/adapters', ['lambdas/adapters', 'lambdas/domain', 'lambdas/contract'])).toEqual([]);
  });

  test.each(sharedFolders)('%s, which several functions share, knows none of them', (folder) => {
    expect(strays(folder, [folder, 'lambdas/domain', 'lambdas/adapters', 'lambdas/contract'])).toEqual([]);
  });

  test('the functions know neither the infrastructure nor the local stack', () => {
    expect(strays('lambdas', ['lambdas'])).toEqual([]);
  });

  test.each(handlerFolders)('the function %s does not reach into another', (name) => {
    const own = `lambdas/${name}`;
    expect(strays(own, [own, 'lambdas/domain', 'lambdas/adapters', 'lambdas/contract', ...sharedFolders])).toEqual([]);
  });

  test('the command line speaks to the admin API, and shares nothing with it but names and rules', () => {
    expect(strays('cli', ['cli', 'console/server', 'cost', 'lambdas/contract', 'lambdas/domain'])).toEqual([]);
  });

  test('the local stack runs the synthesized template, not the sources that it was made of', () => {
    // The version of the local DynamoDB is the pinned one, and `npm run dev` builds functions by the template's own settings.
    expect(strays('local', ['local', 'console/server', 'package.json', 'lib/bundling.json'])).toEqual([]);
  });
});

test("every server on a developer's machine is guarded, and the public front guards its private routes itself", () => {
  const opened = ['local', 'cli', 'console'].flatMap(sourcesIn).filter((file) => {
    const source = readFileSync(path.join(repository, file), 'utf8');
    return /from 'node:(?:http|https|http2)'/.test(source) && /\bcreate(?:Secure)?Server\b/.test(source);
  });
  expect(opened).toEqual(['local/http-api/server.ts', 'console/server/loopback.ts']);
});
