import { readStreamEvent } from '../../../lambdas/adapters/stream-event';

const arn = 'arn:aws:dynamodb:us-east-1:111122223333:table/Stack-Clicks/stream/2026-11-23T00:00:00.000';
const record = (fields: object = {}, of = arn) => ({
  eventID: '1',
  eventName: 'INSERT',
  eventSourceARN: of,
  dynamodb: {
    SequenceNumber: '111000000000000000001',
    ApproximateCreationDateTime: 1_795_435_200,
    Keys: { clickId: { S: 'a' } },
    NewImage: { clickId: { S: 'a' } },
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    ...fields,
  },
});
const event = (fields: object = {}) => ({
  shardId: 'shardId-1',
  window: {},
  state: {},
  Records: [record()],
  ...fields,
});

test('an event names its table, its stream, its shard and its changes', () => {
  expect(readStreamEvent(event())).toEqual({
    table: 'Stack-Clicks',
    stream: '2026-11-23T00:00:00.000',
    shardId: 'shardId-1',
    records: [
      {
        sequence: '111000000000000000001',
        at: 1_795_435_200_000,
        keys: { clickId: { S: 'a' } },
        before: undefined,
        after: { clickId: { S: 'a' } },
      },
    ],
  });
});

test('the end of a window without a change is no batch', () => {
  const end = { Records: [], eventSourceARN: arn, isFinalInvokeForWindow: true };
  expect(readStreamEvent(event(end))).toBeUndefined();
});

test.each([undefined, ''])('an event whose shard is %j is rejected: what comes again would count twice', (shardId) => {
  expect(() => readStreamEvent(event({ shardId }))).toThrow('names no shard');
  expect(() => readStreamEvent(event({ shardId, Records: [] }))).toThrow('names no shard');
});

test('an event of two streams is rejected: they have no checkpoint in common', () => {
  const other = record({}, arn.replace('Clicks', 'Conversions'));
  expect(() => readStreamEvent(event({ Records: [record(), other] }))).toThrow('more than one stream');
});

test.each([{ SequenceNumber: undefined }, { SequenceNumber: '12a' }, { Keys: undefined }])(
  'a record with %j has no place in its shard, and is rejected',
  (fields) => {
    expect(() => readStreamEvent(event({ Records: [record(fields)] }))).toThrow('Invalid');
  },
);
