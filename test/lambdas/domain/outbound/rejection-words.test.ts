import { rejectionWords } from '../../../../lambdas/domain/outbound/rejection-words';

test('the field that Google names comes first, however long the answer is', () => {
  const text = JSON.stringify({
    error: {
      code: 400,
      message: 'There was a problem with the request. '.repeat(20),
      details: [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'INVALID_ARGUMENT' },
        { fieldViolations: [{ field: 'events.events[0].event_timestamp', description: 'is in the future' }] },
      ],
    },
  });
  expect(rejectionWords(text)).toBe('events.events[0].event_timestamp: is in the future');
});

test.each(['unknown click', ' {"error":"invalid"} ', '{"error":{"details":[]}}', '{"error":{"details":[{}]}}', ''])(
  'what is said otherwise is left as it is: %j',
  (text) => {
    expect(rejectionWords(text)).toBe(text.trim());
  },
);
