import { readWireRequest } from '../../local/wire/request';

const needsOf = (target: string, input: unknown) =>
  readWireRequest({ 'x-amz-target': target }, JSON.stringify(input))?.needs.map(({ action, resourceArn }) => [
    action,
    resourceArn.replace(/^arn:aws:\w+:us-east-1:000000000000:/, ''),
  ]);
const dynamoDb = (operation: string, input: unknown) => needsOf(`DynamoDB_20120810.${operation}`, input);

test('a plain operation needs itself on the table', () => {
  expect(dynamoDb('PutItem', { TableName: 'Clicks' })).toEqual([['dynamodb:PutItem', 'table/Clicks']]);
});

test('a table named by its ARN is the same table', () => {
  const TableName = 'arn:aws:dynamodb:us-east-1:000000000000:table/Clicks';

  expect(dynamoDb('GetItem', { TableName })).toEqual([['dynamodb:GetItem', 'table/Clicks']]);
});

test('a query of an index needs the index', () => {
  expect(dynamoDb('Query', { TableName: 'Clicks', IndexName: 'byTime' })).toEqual([
    ['dynamodb:Query', 'table/Clicks/index/byTime'],
  ]);
});

test('a transaction needs what each of its parts needs', () => {
  const TransactItems = [
    { Put: { TableName: 'A' } },
    { Update: { TableName: 'B' } },
    { Delete: { TableName: 'C' } },
    { ConditionCheck: { TableName: 'D' } },
  ];

  expect(dynamoDb('TransactWriteItems', { TransactItems })).toEqual([
    ['dynamodb:PutItem', 'table/A'],
    ['dynamodb:UpdateItem', 'table/B'],
    ['dynamodb:DeleteItem', 'table/C'],
    ['dynamodb:ConditionCheckItem', 'table/D'],
  ]);
});

test('a batch needs the batch action on each table', () => {
  expect(dynamoDb('BatchWriteItem', { RequestItems: { A: [], B: [] } })).toEqual([
    ['dynamodb:BatchWriteItem', 'table/A'],
    ['dynamodb:BatchWriteItem', 'table/B'],
  ]);
});

test('a batch of messages needs what one message needs', () => {
  expect(needsOf('AmazonSQS.SendMessageBatch', { QueueUrl: 'http://127.0.0.1:1/000000000000/Retry' })).toEqual([
    ['sqs:SendMessage', 'Retry'],
  ]);
});

test('reads the caller off the signature', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=LOCALClick/20261123/us-east-1/sqs/aws4_request, SignedHeaders=host';

  expect(readWireRequest({ 'x-amz-target': 'AmazonSQS.ListQueues', authorization }, '{}')?.accessKeyId).toBe(
    'LOCALClick',
  );
});

test.each(['', 'S3.PutObject', 'AmazonSQS'])('does not read a request with the target "%s"', (target) => {
  expect(readWireRequest({ 'x-amz-target': target }, '{}')).toBeUndefined();
});
