import { once } from 'node:events';
import { createServer } from 'node:net';
import { addressClosedToPages, portsClosedToPages } from '../../local/dynamodb/address';
import type { DynamoDbClient } from '../../local/dynamodb/client';
import { type DynamoDbServer, startDynoxide } from '../../local/dynamodb/server';
import { ensureTables } from '../../local/dynamodb/tables';
import { deleteExpiredRows } from '../../local/dynamodb/time-to-live';
import { openDataFolder } from '../../local/data-folder/open';
import type { TableModel } from '../../local/template/model';
import { temporaryFolder } from './fixture/write-assembly';

jest.setTimeout(30_000);

const table: TableModel = {
  logicalId: 'Rows',
  label: 'Rows',
  name: 'Stack-Rows',
  arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Stack-Rows',
  definition: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
  timeToLiveAttribute: 'expiresAt',
};

let server: DynamoDbServer;
let client: DynamoDbClient;

beforeAll(async () => {
  server = await startDynoxide(openDataFolder(temporaryFolder()), () => undefined);
  ({ client } = server);
});
afterAll(() => server.stop());

test('a table is created once, and found again with its time to live', async () => {
  expect(await ensureTables(client, [table])).toBe(1);
  expect(await ensureTables(client, [table])).toBe(0);
  expect(await client.call('DescribeTimeToLive', { TableName: table.name })).toMatchObject({
    TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
  });
});

test('a table whose keys changed is rejected, since AWS would replace it', async () => {
  const changed = {
    ...table,
    definition: { ...table.definition, KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }] },
  };

  await expect(ensureTables(client, [changed])).rejects.toThrow('The table Rows has other keys in the template');
});

test('rows whose time is past are deleted, and no others', async () => {
  const now = 1_800_000_000;
  const rows = { past: { N: String(now - 1) }, future: { N: String(now + 1) }, text: { S: 'soon' }, none: undefined };
  for (const [id, expiresAt] of Object.entries(rows)) {
    const Item = { id: { S: id }, ...(expiresAt === undefined ? {} : { expiresAt }) };
    await client.call('PutItem', { TableName: table.name, Item });
  }

  expect(await deleteExpiredRows(client, [table], now)).toBe(1);
  const { Items } = await client.call('Scan', { TableName: table.name, ProjectionExpression: 'id' });
  expect(Items).toEqual(
    expect.arrayContaining([{ id: { S: 'future' } }, { id: { S: 'text' } }, { id: { S: 'none' } }]),
  );
  expect(Items).toHaveLength(3);
});

test('a sweep of many rows deletes all whose time is past, and lets others have the server in between', async () => {
  const many = { ...table, logicalId: 'Many', name: 'Stack-Many' };
  await ensureTables(client, [many]);
  const rows = Array.from({ length: 600 }, (_, row) => ({
    id: { S: String(row) },
    expiresAt: { N: row % 100 === 0 ? '1' : '3' },
  }));
  for (let start = 0; start < rows.length; start += 25) {
    const requests = rows.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.call('BatchWriteItem', { RequestItems: { [many.name]: requests } });
  }
  let rests = 0;

  expect(await deleteExpiredRows(client, [many], 2, async () => void (rests += 1))).toBe(6);
  expect(rests).toBe(2);
  await client.call('DeleteTable', { TableName: many.name });
});

describe('a web page', () => {
  test('cannot reach the server: no implementation of the Fetch standard connects to its port', async () => {
    await expect(fetch(server.endpoint)).rejects.toMatchObject({ cause: { message: 'bad port' } });
    expect(await client.call('ListTables', {})).toMatchObject({ TableNames: [table.name] });
  });

  test.each(portsClosedToPages)('is kept from port %i', async (port) => {
    await expect(fetch(`http://rebound.example:${port}/`)).rejects.toMatchObject({ cause: { message: 'bad port' } });
  });

  test('finds no server at the address that every machine has', async () => {
    const { host } = (await addressClosedToPages('linux')) ?? {};
    expect(host).toMatch(/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/);
    expect(host).not.toBe('127.0.0.1');
  });

  test('is kept out where 127.0.0.1 is the only loopback address, and ports that are taken are left alone', async () => {
    const first = await addressClosedToPages('darwin');
    const taken = createServer().listen(first?.port, first?.host);
    await once(taken, 'listening');

    const second = await addressClosedToPages('darwin');
    expect([first?.host, second?.host]).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(second?.port).not.toBe(first?.port);
    taken.close();
  });
});
