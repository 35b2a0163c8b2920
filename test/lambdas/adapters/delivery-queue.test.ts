import { deliveryQueue } from '../../../lambdas/adapters/delivery-queue';
import { sqsClient } from '../../../lambdas/adapters/sqs';
import { deliverySourceAttribute } from '../../../lambdas/contract';
import { deliveryIdOf } from '../../../lambdas/domain/outbound/delivery-id';
import { newClickId } from './support/claims';
import { startQueueDouble, type QueueDouble } from './support/queue-double';
import { noHurry } from './support/storage';

let double: QueueDouble;

beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' });
  double = await startQueueDouble();
});
afterEach(() => double.reset());
afterAll(() => double.stop());

const newId = () => deliveryIdOf({ clickId: newClickId(), conversionKey: 'sale#T1' }, 'news', 'main', 'first');
const sendAll = (deliveries: Parameters<ReturnType<typeof deliveryQueue>['sendAll']>[0]) =>
  deliveryQueue(sqsClient(), double.queueUrl).sendAll(deliveries, noHurry);

test('a delivery is queued under its source, and can be received immediately', async () => {
  const id = newId();
  expect(await sendAll([{ id, sourceId: 'news' }])).toEqual([]);
  expect(double.sent).toEqual([
    { queueUrl: double.queueUrl, body: id, delaySeconds: undefined, attributes: { [deliverySourceAttribute]: 'news' } },
  ]);
});

test('one whose source the index of what waits does not name is queued without it', async () => {
  expect(await sendAll([{ id: newId() }])).toEqual([]);
  expect(double.sent).toEqual([expect.objectContaining({ delaySeconds: undefined, attributes: {} })]);
});

test('many are sent by tens, and exactly those that were not taken are named', async () => {
  const ids = Array.from({ length: 23 }, newId);
  double.rejects = ({ body }) => body === ids[3] || body === ids[22];
  expect(await sendAll(ids.map((id) => ({ id, sourceId: 'news' })))).toEqual([3, 22]);
  expect(double.sent).toHaveLength(21);
});
