import { readBatchFailures } from '../../local/event-source/batch-failures';

const failuresOf = (result: unknown) => readBatchFailures(JSON.stringify(result), ['a', 'b', 'c']);

test.each([[null], [{}], [{ batchItemFailures: null }], [{ batchItemFailures: [] }]])(
  'takes %j as success of all',
  (result) => {
    expect(failuresOf(result)).toEqual([]);
  },
);

test('names exactly the messages that are reported', () => {
  expect(failuresOf({ batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'c' }] })).toEqual(['a', 'c']);
});

test.each([
  [{ batchItemFailures: [{ itemIdentifier: '' }] }],
  [{ batchItemFailures: [{ itemIdentifier: null }] }],
  [{ batchItemFailures: [{ messageId: 'a' }] }],
  [{ batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'unknown' }] }],
  [{ batchItemFailures: 'a' }],
  ['a'],
  [[]],
])('takes %j as failure of all', (result) => {
  expect(failuresOf(result)).toBe('all');
});

test('takes a result that is not JSON as failure of all', () => {
  expect(readBatchFailures('{"batch', ['a'])).toBe('all');
});
