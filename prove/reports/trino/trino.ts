import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { factColumns, factSets, type ColumnType } from '../../../lambdas/domain/facts/columns';
import { freePort } from '../../../local/free-port';
import { start, type Started } from '../../deploy/emulator/child-process';
import { lastLine, NotHere } from '../../external-tools';
import { factsBase, type Engine } from '../engine';
import { installTrino, oldestJava, trinoVersion } from './install';
import { newestJava } from './java';
import { runStatement } from './statement';

const types: Readonly<Record<ColumnType, string>> = { text: 'varchar', number: 'bigint', flag: 'boolean' };
const startMilliseconds = 240_000;

/** Starts a Trino on loopback and a free port on the files of a folder. Throws `NotHere` if this machine cannot run one. */
export async function startTrino(folder: string, say: (line: string) => void): Promise<Engine> {
  const java = newestJava(process.env);
  if (java === undefined || java.release < oldestJava) {
    const found = java === undefined ? 'there is none' : `the newest is ${java.release}`;
    throw new NotHere(
      `Trino ${trinoVersion} needs Java ${oldestJava} or later, and ${found} (JAVA_HOME, PATH, usual folders).`,
    );
  }
  const work = join(folder, 'trino');
  mkdirSync(work);
  const installed = await installTrino(java, work);
  const port = await freePort();
  writeConfiguration(work, folder, port);
  say(`Trino ${trinoVersion} on Java ${java.release} starts …`);
  const given = ['run', '-etc-dir', join(work, 'etc'), '-data-dir', work, '-jvm-dir', java.home];
  const environment = { ...process.env, JAVA_HOME: java.home };
  const server = start(join(installed, 'bin', 'launcher'), given, {
    environment,
    folder: work,
    log: join(folder, 'trino.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await ready(server, url);
    await runStatement(url, 'create schema hive.facts');
    for (const set of factSets) {
      const columns = factColumns[set].map(({ name, type }) => `"${name}" ${types[type]}`).join(', ');
      const table = `format = 'PARQUET', external_location = '${factsBase}${set}'`;
      await runStatement(url, `create table hive.facts.${set} (${columns}) with (${table})`);
    }
  } catch (error) {
    await server.end();
    throw error;
  }
  return { name: `Trino ${trinoVersion}`, ask: (sql) => runStatement(url, sql), stop: () => server.end() };
}

function writeConfiguration(work: string, folder: string, port: number): void {
  const etc = join(work, 'etc');
  mkdirSync(join(etc, 'catalog'), { recursive: true });
  const write = (file: string, lines: readonly string[]): void =>
    writeFileSync(join(etc, file), `${lines.join('\n')}\n`);
  // Without the address it listens on every interface.
  write('node.properties', [
    'node.environment=proof',
    'node.id=proof',
    `node.data-dir=${work}`,
    'node.bind-ip=127.0.0.1',
    'node.internal-address=127.0.0.1',
  ]);
  write('config.properties', [
    'coordinator=true',
    'node-scheduler.include-coordinator=true',
    `http-server.http.port=${port}`,
    `discovery.uri=http://127.0.0.1:${port}`,
    'query.max-memory=400MB',
    'task.concurrency=1',
    'query.max-hash-partition-count=1',
    'query.min-hash-partition-count=1',
  ]);
  write('jvm.config', [
    '-server',
    '-Xmx1500M',
    '-XX:+UseSerialGC',
    // Each statement compiles to new code, and runs once.
    '-XX:TieredStopAtLevel=1',
    '-XX:+ExitOnOutOfMemoryError',
    '-Djdk.attach.allowAttachSelf=true',
  ]);
  write('log.properties', ['io.trino=WARN', 'io.airlift=WARN']);
  // Reads the files of every folder below a table, as Athena does.
  write('catalog/hive.properties', [
    'connector.name=hive',
    'hive.metastore=file',
    'hive.metastore.catalog.dir=local:///metastore',
    'hive.recursive-directories=true',
    'fs.native-local.enabled=true',
    `local.location=${folder}`,
  ]);
}

/** Waits until Trino has discovered its node: it rejects statements before. */
async function ready(server: Started, url: string): Promise<void> {
  const deadline = Date.now() + startMilliseconds;
  while (Date.now() < deadline && server.isRunning()) {
    const rows = await runStatement(url, 'select count(*) from system.runtime.nodes').catch(() => []);
    if (Number(rows[0]?.[0]) > 0) return;
    await pause(500);
  }
  throw new Error(`Trino does not start: ${lastLine(server.output())}`);
}
