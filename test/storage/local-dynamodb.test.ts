import { randomUUID } from 'node:crypto';
import {
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { createTables, startLocalDynamoDb, tableNames, type LocalDynamoDb } from './local-dynamodb';

describe('the DynamoDB server that tests run against', () => {
  let database: LocalDynamoDb;
  let client: DynamoDBClient;

  beforeAll(async () => {
    database = await startLocalDynamoDb();
    client = new DynamoDBClient();
    await createTables(client);
  });

  afterAll(async () => {
    client.destroy();
    await database.stop();
  });

  test('has the four tables', async () => {
    const { TableNames } = await client.send(new ListTablesCommand());
    expect(TableNames?.sort()).toStrictEqual(Object.values(tableNames).sort());
  });

  test('gives back what was written', async () => {
    await client.send(new PutItemCommand({ TableName: tableNames.clicks, Item: { clickId: { S: 'a' } } }));
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableNames.clicks, Key: { clickId: { S: 'a' } } }),
    );
    expect(Item).toStrictEqual({ clickId: { S: 'a' } });
  });

  test('takes a transaction that is sent twice with one token for one transaction', async () => {
    const write = new TransactWriteItemsCommand({
      ClientRequestToken: randomUUID(),
      TransactItems: [
        {
          Put: {
            TableName: tableNames.clicks,
            Item: { clickId: { S: 'once' } },
            ConditionExpression: 'attribute_not_exists(clickId)',
          },
        },
      ],
    });
    await client.send(write);
    await expect(client.send(write)).resolves.toBeDefined();
  });

  test('ends when it is told to, and only then', async () => {
    const other = await startLocalDynamoDb();
    await other.stop();
    await expect(fetch(other.endpoint)).rejects.toThrow('fetch failed');
    await expect(fetch(database.endpoint)).resolves.toBeDefined();
  });
});
