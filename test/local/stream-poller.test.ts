import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder } from '../../local/data-folder/open';
import { type DynamoDbServer, startDynoxide } from '../../local/dynamodb/server';
import { TableStreams } from '../../local/dynamodb/table-streams';
import { ensureTables } from '../../local/dynamodb/tables';
import { StreamPoller } from '../../local/event-source/stream-poller';
import type { StreamSourceModel } from '../../local/template/model';
import { readAssembly } from '../../local/assembly/read-assembly';
import { readStack } from '../../local/template/read-stack';
import { silentTerminal } from '../../local/terminal';
import { FaultTable } from '../../local/wire/faults';
import { withStreamReader } from './fixture/template';
import { temporaryFolder, writeFixtureAssembly } from './fixture/write-assembly';

jest.setTimeout(30_000);

let server: DynamoDbServer;
beforeAll(async () => {
  server = await startDynoxide(openDataFolder(temporaryFolder()), () => undefined);
});
afterAll(() => server.stop());

const [template] = readStack(
  readAssembly(writeFixtureAssembly((given) => withStreamReader(given))),
  'http://gateway',
).streamSources;
if (template === undefined) throw new Error('the fixture has no stream source');
const source: StreamSourceModel = template;
let tables = 0;

/** A table of its own with so many changes in its stream, and a poller of it that is not started. */
async function streamWith(changes: number) {
  const name = `rows-${tables++}`;
  const table = { ...source.table, name };
  await ensureTables(server.client, [table]);
  const put = (id: number) => server.client.call('PutItem', { TableName: name, Item: { id: { S: `${id}` } } });
  for (let change = 0; change < changes; change++) await put(change);
  const folder = mkdtempSync(join(temporaryFolder(), 'positions-'));
  const open = (startingPosition: StreamSourceModel['startingPosition'] = 'TRIM_HORIZON') =>
    StreamPoller.open({ ...source, table, startingPosition }, new TableStreams(server.client), folder, {
      pool: { invoke: () => Promise.resolve({ payload: 'null', failed: false }) },
      faults: new FaultTable(),
      terminal: silentTerminal,
    });
  const waiting = async (poller: StreamPoller) => (await poller.backlog()).waiting;
  return { put, open, waiting, file: join(folder, `${source.logicalId}.json`) };
}

test('a mapping begins with the oldest change, or with the next one', async () => {
  const oldest = await streamWith(3);
  expect(await oldest.waiting(await oldest.open('TRIM_HORIZON'))).toBe(3);

  const newest = await streamWith(3);
  const poller = await newest.open('LATEST');
  expect(await newest.waiting(poller)).toBe(0);
  await newest.put(4);
  expect(await newest.waiting(poller)).toBe(1);
});

test('changes that wait are counted by shard, beyond one page of the stream', async () => {
  const { open } = await streamWith(1100);
  const { waiting, shards } = await (await open()).backlog();

  expect(waiting).toBe(1100);
  expect(shards.map((shard) => shard.waiting > 300)).toEqual([true, true]);
});

test('a position past the end of the stream, which a power cut leaves, goes back to the end', async () => {
  const { put, open, waiting, file } = await streamWith(2);
  await open();
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"through":"0"', '"through":"50"'));
  const poller = await open();

  expect(await waiting(poller)).toBe(0);
  await put(3);
  expect(await waiting(poller)).toBe(1);
});

test.each(['', '{}', '{"stream":"another","lanes":[]}', 'not JSON'])(
  'a file of positions that says %j is no position',
  async (text) => {
    const { open, waiting, file } = await streamWith(2);
    writeFileSync(file, text);

    expect(await waiting(await open())).toBe(2);
  },
);
