import { deliveriesTable } from '../../../../lambdas/adapters/deliveries-table';
import { deliverySourceAttribute, environmentVariable } from '../../../../lambdas/contract';
import { deliveryIdOf } from '../../../../lambdas/domain/outbound/delivery-id';
import { tableNames } from '../../../storage/local-dynamodb';
import { startQueueDouble, type QueueDouble } from '../../adapters/support/queue-double';
import { noHurry } from '../../adapters/support/storage';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { newClickId } from '../support/log-rows';

jest.setTimeout(60_000);

let queue: QueueDouble;
let stack: AdminStack;

beforeAll(async () => {
  queue = await startQueueDouble();
  process.env[environmentVariable.deliveryQueueUrl] = queue.queueUrl;
  stack = await startAdminStack();
});
afterEach(() => queue.reset());
afterAll(async () => {
  await stack.stop();
  await queue.stop();
});

async function newDelivery(): Promise<string> {
  const clickId = newClickId();
  const conversionKey = 'sale#T1';
  const id = deliveryIdOf({ clickId, conversionKey }, 'news', 'main', 'first');
  const planned = { id, sourceId: 'news', postbackId: 'main', clickId, conversionKey, conversionVersion: 1 } as const;
  const reported = { when: 'first', event: 'sale', status: 'approved', state: 'due' } as const;
  await deliveriesTable(stack.client, tableNames.deliveries).plan({ ...planned, ...reported }, Date.now(), noHurry);
  return id;
}

test('a delivery that is resent is queued under its source, as every other one: many of one source take turns', async () => {
  const id = await newDelivery();
  const { status, body } = await stack.call('POST', `/deliveries/${id}/resend`, { body: {} });
  expect({ status, body }).toMatchObject({ status: 202, body: { id, state: 'due', attempts: 0 } });
  expect(queue.sent).toEqual([
    expect.objectContaining({ body: id, attributes: { [deliverySourceAttribute]: 'news' } }),
  ]);
});

test('a delivery that the queue does not take is due all the same: the sweep finds it', async () => {
  const id = await newDelivery();
  queue.rejects = () => true;
  const { status } = await stack.call('POST', `/deliveries/${id}/resend`, { body: {} });
  expect(status).toBe(202);
  const waiting = await Promise.all(
    ['0', '1', '2', '3'].map((shard) =>
      deliveriesTable(stack.client, tableNames.deliveries).waiting(shard, Date.now() + 1, 100, noHurry),
    ),
  );
  expect(waiting.flat().map((one) => one.id)).toContain(id);
});
