import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BinaryPlace, findDynoxide, obtainDynoxide } from '../../local/dynamodb/binary';
import { closedEnvironment } from '../../prove/closed-environment';
import packageJson from '../../package.json';

jest.setTimeout(60_000);

const version = packageJson.optionalDependencies['@dynoxide/linux-x64'];

let folder: string;
let registry: Server;
let asked: string[];
let said: string[];
const say = (line: string): void => void said.push(line);

/** A registry that has the packages of two platforms, packed as npm packs them, and those of no other. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tracker-registry-'));
  const tarballs = new Map(
    [pack('darwin-arm64', 'dynoxide'), pack('win32-x64', 'dynoxide.exe')].map((one) => [one.name, one.tarball]),
  );
  registry = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    asked.push(path);
    const packed = tarballs.get(path.replace(/\.tgz$/, ''));
    if (packed === undefined) return void response.writeHead(404).end('{"error":"Not found"}');
    if (path.endsWith('.tgz')) return void response.end(packed);
    response.end(JSON.stringify(describePackage(path, packed, urlOf(registry))));
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
});
afterAll(() => {
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  asked = [];
  said = [];
});

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function pack(platform: string, file: string): { name: string; tarball: Buffer } {
  const name = `@dynoxide/${platform}`;
  const source = join(folder, platform, 'package');
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name, version, scripts: { postinstall: 'exit 1' } }));
  writeFileSync(join(source, file), `the binary for ${platform}`, { mode: 0o755 });
  const tarball = join(folder, `${platform}.tgz`);
  execFileSync('tar', ['-czf', tarball, '-C', join(folder, platform), 'package'], { env: closedEnvironment() });
  return { name, tarball: readFileSync(tarball) };
}

function describePackage(name: string, tarball: Buffer, url: string): object {
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const dist = { tarball: `${url}/${name}.tgz`, integrity };
  // A later version is there as well: the one that was tried is the one to take.
  return {
    name,
    'dist-tags': { latest: '9.9.9' },
    versions: {
      [version]: { name, version, dist, scripts: { postinstall: 'exit 1' } },
      '9.9.9': { name, version: '9.9.9', dist },
    },
  };
}

function placeOf(platform: NodeJS.Platform, architecture: string, cache = mkdtempSync(join(folder, 'cache-'))) {
  const npmSettings = { registry: urlOf(registry), cache: join(folder, 'npm'), 'fetch-retries': '0' };
  return { platform, architecture, from: folder, cache, npmSettings } satisfies BinaryPlace;
}

test.each([
  ['darwin', 'arm64', 'dynoxide'],
  ['win32', 'x64', 'dynoxide.exe'],
] as const)('on %s %s the binary is fetched once, in the exact version, and said in one line', async (...given) => {
  const [platform, architecture, file] = given;
  const place = placeOf(platform, architecture);
  expect(findDynoxide(place)).toBeUndefined();

  const path = await obtainDynoxide(say, place);
  expect(path.endsWith(join(`@dynoxide/${platform}-${architecture}`, file))).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe(`the binary for ${platform}-${architecture}`);
  expect(said).toEqual([
    `Fetching @dynoxide/${platform}-${architecture}@${version} with npm, once: it is the local DynamoDB for this platform.`,
  ]);

  const before = asked.length;
  expect(await obtainDynoxide(say, place)).toBe(path);
  expect([asked.length, said.length]).toEqual([before, 1]);
});

test('concurrent processes share one complete folder', async () => {
  const place = placeOf('darwin', 'arm64');
  const paths = await Promise.all([1, 2, 3].map(() => obtainDynoxide(say, place)));

  expect(new Set(paths).size).toBe(1);
  expect(existsSync(paths[0] ?? '')).toBe(true);
  expect(readdirSync(place.cache)).toEqual([`dynoxide-${version}-darwin-arm64`]);
});

test('a platform without a binary on npm gets the reason and the alternative', async () => {
  const place = placeOf('sunos', 's390x');

  await expect(obtainDynoxide(say, place)).rejects.toThrow(
    new RegExp(`^npm could not fetch @dynoxide/sunos-s390x@${version} \\(.*404.*\\): .*--dynamodb-endpoint URL\\.$`),
  );
  expect(readdirSync(place.cache)).toEqual([]);
});

test('an installed binary is used without asking npm', async () => {
  const installed = join(folder, 'project', 'node_modules', '@dynoxide', 'linux-arm64');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'dynoxide'), 'installed');

  const place = { ...placeOf('linux', 'arm64'), from: join(folder, 'project', 'local', 'dynamodb') };
  expect(await obtainDynoxide(say, place)).toBe(join(installed, 'dynoxide'));
  expect([asked, said]).toEqual([[], []]);
});
