import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type DataFolder, openDataFolder } from '../../local/data-folder/open';
import { findDynoxide } from '../../local/dynamodb/binary';
import type { DynamoDbClient } from '../../local/dynamodb/client';
import { type DynamoDbServer, startDynoxide } from '../../local/dynamodb/server';
import { ensureTables } from '../../local/dynamodb/tables';
import { isObject, objectOrEmpty, textOf } from '../../local/json';
import type { TableModel } from '../../local/template/model';
import { temporaryFolder } from './fixture/write-assembly';

jest.setTimeout(30_000);

/** As dynoxide asks them: before each write to a table with a stream, and for each page of a reader. */
const statements = [
  'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1',
  `SELECT event_name, keys_json, new_image, old_image, sequence_number, created_at, user_identity
             FROM _stream_records
             WHERE table_name = ?1 AND shard_id = ?2 AND CAST(sequence_number AS INTEGER) > ?3
             ORDER BY CAST(sequence_number AS INTEGER) ASC
             LIMIT ?4`,
];

let data: DataFolder;
let server: DynamoDbServer;
let client: DynamoDbClient;

beforeAll(async () => {
  data = openDataFolder(temporaryFolder());
  server = await startDynoxide(data, () => undefined);
  ({ client } = server);
});
afterAll(() => server.stop());

function tableOf(name: string, streamViewType?: string): TableModel {
  return {
    logicalId: name,
    label: name,
    name,
    arn: `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`,
    definition: {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      ...(streamViewType !== undefined && {
        StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewType },
      }),
    },
    timeToLiveAttribute: undefined,
  };
}

let written = 0;

async function put(table: string, count: number): Promise<void> {
  const requests = Array.from({ length: count }, () => ({ PutRequest: { Item: { id: { S: `${written++}` } } } }));
  for (let start = 0; start < count; start += 25) {
    await client.call('BatchWriteItem', { RequestItems: { [table]: requests.slice(start, start + 25) } });
  }
}

function ask(sql: string, ...values: string[]): unknown[] {
  const database = new DatabaseSync(data.database, { readOnly: true });
  try {
    return database.prepare(sql).all(...values);
  } finally {
    database.close();
  }
}

const sequenceNumbers = (table: string): number[] =>
  ask('SELECT sequence_number AS at FROM _stream_records WHERE table_name = ? ORDER BY id', table).map((row) =>
    Number(objectOrEmpty(row)['at']),
  );

describe('a write to a table with a stream', () => {
  test.each(statements)('does not read the records that are there: %s', (statement) => {
    expect(readFileSync(findDynoxide() ?? '', 'latin1')).toContain(statement);
    const plan = ask(`EXPLAIN QUERY PLAN ${statement}`).map((row) => textOf(objectOrEmpty(row)['detail']));

    expect(plan).toEqual([expect.stringMatching(/^SEARCH _stream_records USING (COVERING )?INDEX tracker_stream_seq/)]);
  });
});

describe('records that every reader has passed', () => {
  test('are deleted, up to the number that was named', async () => {
    await ensureTables(client, [tableOf('Passed', 'NEW_IMAGE')]);
    await put('Passed', 6);

    expect(server.streamRecords.forget('Passed', 4n)).toBe(4);
    expect(sequenceNumbers('Passed')).toEqual([5, 6]);
  });

  test('leave the newest, so that a later record never gets the number of an earlier one', async () => {
    await ensureTables(client, [tableOf('Newest', 'NEW_IMAGE')]);
    await put('Newest', 600);
    expect(server.streamRecords.forget('Newest', 2n ** 62n)).toBe(599);
    await put('Newest', 2);

    expect(sequenceNumbers('Newest')).toEqual([600, 601, 602]);
  });

  test('of one table are deleted, and those of another stay', async () => {
    await ensureTables(client, [tableOf('One', 'NEW_IMAGE'), tableOf('Other', 'NEW_IMAGE')]);
    await put('One', 3);
    await put('Other', 3);
    server.streamRecords.forgetUnread(['Other']);

    expect(sequenceNumbers('One')).toHaveLength(1);
    expect(sequenceNumbers('Other')).toHaveLength(3);
  });
});

test('a stream is switched on, changed and off again as its readers come and go', async () => {
  const views = ['NEW_IMAGE', 'NEW_AND_OLD_IMAGES', undefined, 'NEW_IMAGE'];
  const seen: unknown[] = [];
  for (const view of views) {
    await ensureTables(client, [tableOf('Changing', view)]);
    const { Table: table } = await client.call('DescribeTable', { TableName: 'Changing' });
    const stream = objectOrEmpty(table)['StreamSpecification'];
    seen.push(isObject(stream) && stream['StreamEnabled'] === true ? stream['StreamViewType'] : undefined);
  }

  expect(seen).toEqual(views);
});
