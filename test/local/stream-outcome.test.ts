import { readBatchOutcome } from '../../local/event-source/stream-outcome';

const numbers = ['1000', '1001', '1002'];
const source = { reportsBatchItemFailures: true, tumblingWindowSeconds: undefined };
const windowed = { reportsBatchItemFailures: true, tumblingWindowSeconds: 60 };
const before = { seen: 1 };
const outcome = (payload: unknown, of: Parameters<typeof readBatchOutcome>[2] = source, failed = false) =>
  readBatchOutcome({ payload: JSON.stringify(payload), failed }, numbers, of, before);
const failing = (...ids: unknown[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

test.each([
  ['no answer', null, 3],
  ['an empty list of failures', failing(), 3],
  ['one failed record: those before it are done', failing('1001'), 1],
  ['several failed records: the first counts', failing('1002', '1001'), 1],
  ['a failed record that was not in the batch', failing('7'), 0],
  ['a failed record without a number', failing(''), 0],
])('%s', (_what, payload, done) => {
  expect(outcome(payload)).toEqual({ done, failed: done < 3, state: before });
});

test('a function that fails has done nothing', () => {
  expect(outcome({ errorType: 'Error' }, source, true)).toMatchObject({ done: 0, failed: true });
});

test('failures of a mapping that does not ask for them count for nothing', () => {
  expect(outcome(failing('1001'), { ...source, reportsBatchItemFailures: false })).toMatchObject({ done: 3 });
});

test('the state of a window is what the function answers', () => {
  expect(outcome({ state: { seen: 4 } }, windowed)).toEqual({ done: 3, failed: false, state: { seen: 4 } });
});

test.each([null, {}, { state: 'text' }])('an answer of %j without a state is a failure within a window', (payload) => {
  expect(outcome(payload, windowed)).toMatchObject({
    done: 0,
    failed: true,
    state: before,
    complaint: expect.stringContaining('"state"'),
  });
});
