import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../../deploy/emulator/child-process';
import { cacheFolder, lastLine, NotHere } from '../../external-tools';
import type { Java } from './java';

/** Athena's engine version 3 is a Trino; this later version reads the same SQL. */
export const trinoVersion = '476';
/** Minimum version of Java. */
export const oldestJava = 24;

const archives = {
  server: {
    artifact: `io.trino:trino-server-core:${trinoVersion}:tar.gz`,
    file: `trino-server-core-${trinoVersion}.tar.gz`,
    sha256: '0f388f9967c177ae70a47c099082fc95387f0c3cb96d8000d1d41fc3a5223158',
  },
  hive: {
    artifact: `io.trino:trino-hive:${trinoVersion}:zip`,
    file: `trino-hive-${trinoVersion}.zip`,
    sha256: '611bacdb07d9f3cf7b9d47f97ecc76fa2e7ff8bfe8a9728c3d06adc1bfb8662e',
  },
} as const;
type Archive = (typeof archives)[keyof typeof archives];

const copyGoal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
const downloadSeconds = 600;
const unpackSeconds = 120;

/**
 * Installs a Trino with the plugin that reads Parquet files: downloaded once from Maven Central by Maven, checked against the sums above,
 * into the user's cache.
 * @returns its folder
 */
export async function installTrino({ home }: Java, folder: string): Promise<string> {
  const installed = join(cacheFolder(), `trino-${trinoVersion}`);
  if (existsSync(installed)) return installed;
  const options = { environment: { ...process.env, JAVA_HOME: home }, folder, log: join(folder, 'install.log') };
  const unpacked = `${installed}.part`;
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  for (const archive of [archives.server, archives.hive]) {
    const goal = ['-q', '-B', copyGoal, `-Dartifact=${archive.artifact}`, `-DoutputDirectory=${folder}`];
    const { code, output } = await run('mvn', goal, { ...options, limitSeconds: downloadSeconds });
    if (code !== 0) throw new NotHere(`Maven could not bring ${archive.artifact}: ${lastLine(output)}`);
    await checkSum(archive, folder);
  }
  await unpack('tar', ['-xzf', join(folder, archives.server.file)], unpacked);
  await unpack(join(home, 'bin', 'jar'), ['--extract', '--file', join(folder, archives.hive.file)], unpacked);
  const server = join(unpacked, `trino-server-core-${trinoVersion}`);
  const plugins = join(server, 'plugin');
  // Not needed here; Trino starts without them in half the memory.
  for (const plugin of ['exchange-filesystem', 'spooling-filesystem', 'geospatial', 'functions-python']) {
    rmSync(join(plugins, plugin), { recursive: true, force: true });
  }
  renameSync(join(unpacked, `trino-hive-${trinoVersion}`), join(plugins, 'hive'));
  renameSync(server, installed);
  rmSync(unpacked, { recursive: true });
  return installed;

  async function unpack(program: string, given: readonly string[], into: string): Promise<void> {
    const { code, output } = await run(program, given, { ...options, folder: into, limitSeconds: unpackSeconds });
    if (code !== 0) throw new NotHere(`${program} could not unpack Trino: ${lastLine(output)}`);
  }
}

/** A wrong checksum is an error, and no reason to skip. */
async function checkSum({ file, sha256 }: Archive, folder: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, file)), hash);
  const found = hash.digest('hex');
  if (found !== sha256) throw new Error(`${file} is not the archive that is pinned: its SHA-256 is ${found}`);
}
