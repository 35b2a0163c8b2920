import {
  deleteMessages,
  dueMessages,
  hideMessage,
  retryQueue,
  sendAgain,
  sendDeadLetter,
} from '../../../lambdas/adapters/retry-queue';
import { sqsClient } from '../../../lambdas/adapters/sqs';
import { startQueueDouble, type QueueDouble } from './support/queue-double';
import { noHurry } from './support/storage';

let double: QueueDouble;
const client = () => sqsClient();

beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' });
  double = await startQueueDouble();
});
afterEach(() => double.reset());
afterAll(() => double.stop());

const queue = () => retryQueue(client(), double.queueUrl);

test('a message is sent with its delay', async () => {
  await queue().send('body', 5, noHurry);

  expect(double.sent).toEqual([expect.objectContaining({ body: 'body', delaySeconds: 5 })]);
});

test('a message that the queue does not take throws', async () => {
  double.rejects = () => true;

  await expect(queue().send('body', 0, noHurry)).rejects.toThrow('the queue is broken');
});

test('many are sent by tens, and exactly those that were not taken are named', async () => {
  const bodies = Array.from({ length: 23 }, (_, at) => `row ${at}`);
  double.rejects = ({ body }) => body === 'row 3' || body === 'row 22';

  expect(await queue().sendAll(bodies, noHurry)).toEqual([3, 22]);
  expect(double.sent.map(({ body }) => body).sort()).toEqual(
    bodies.filter((body) => body !== 'row 3' && body !== 'row 22').sort(),
  );
});

test('many large ones are sent in requests that SQS takes: 1 MiB each', async () => {
  const bodies = Array.from({ length: 10 }, (_, at) => String(at).repeat(400 * 1024));

  expect(await queue().sendAll(bodies, noHurry)).toEqual([]);
  expect(double.sent).toHaveLength(10);
  expect(double.largestRequest).toBeLessThanOrEqual(1024 * 1024);
});

test('many to a queue that is down are all named', async () => {
  const { queueUrl } = double;
  const nobody = retryQueue(client(), queueUrl);

  expect(await nobody.sendAll(['a', 'b'], { remaining: () => 0 })).toEqual([0, 1]);
});

test('a message is hidden for the time given', async () => {
  await hideMessage(client(), double.queueUrl, 'handle', 40, noHurry);

  expect(double.hidden).toEqual([{ receiptHandle: 'handle', seconds: 40 }]);
});

test.each([
  [false, {}],
  [true, { setApart: 'true' }],
])('a message sent again keeps the age of the first (set apart: %s)', async (setApart, marks) => {
  await sendAgain(client(), double.queueUrl, { body: 'b', delaySeconds: 4, firstSentAt: 1000, setApart }, noHurry);

  const attributes = { firstSentAt: '1970-01-01T00:00:01.000Z', ...marks };
  expect(double.sent).toEqual([{ queueUrl: double.queueUrl, body: 'b', delaySeconds: 4, attributes }]);
});

test('finished messages are deleted immediately, and due ones are counted', async () => {
  await deleteMessages(client(), double.queueUrl, ['one', 'two'], noHurry);
  double.due = 12;

  expect(double.deleted).toEqual(['one', 'two']);
  expect(await dueMessages(client(), double.queueUrl, noHurry)).toBe(12);
});

test('a dead letter carries its body as it was, its reason and both times', async () => {
  const letter = { body: '{"kind":"none"}', reason: 'MESSAGE_UNREADABLE: why', firstFailedAt: 0, lastFailedAt: 1000 };
  await sendDeadLetter(client(), double.deadLetterQueueUrl, letter, noHurry);

  expect(double.deadLetters).toEqual([
    {
      queueUrl: double.deadLetterQueueUrl,
      body: letter.body,
      delaySeconds: undefined,
      attributes: {
        reason: letter.reason,
        firstFailedAt: '1970-01-01T00:00:00.000Z',
        lastFailedAt: '1970-01-01T00:00:01.000Z',
      },
    },
  ]);
});
