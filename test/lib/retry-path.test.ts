import { retryQueueMaxReceiveCount, retryTimeoutSeconds } from '../../lambdas/contract';
import { logicalId, synthesized } from './synthesized';

const day = 24 * 60 * 60;

function queue(prefix: string, stage = 'prod') {
  const queues = synthesized(stage).resources('AWS::SQS::Queue');
  const id = logicalId(queues, prefix);
  return { id, properties: queues[id]?.['Properties'] ?? {}, deletion: queues[id]?.['DeletionPolicy'] };
}

describe('the retry queue', () => {
  const retry = queue('RetryPathRetryQueue');
  const dead = queue('RetryPathDeadLetterQueue');

  test('hides a message for at least six times as long as the retry function may run', () => {
    expect(retry.properties['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * retryTimeoutSeconds);
  });

  test.each([retry, dead])('takes messages of a megabyte, as a sealed request may have: $id', ({ properties }) => {
    expect(properties['MaximumMessageSize']).toBe(1024 * 1024);
  });

  test('hands a message to the dead letter queue after the number of deliveries in the contract', () => {
    expect(retry.properties['RedrivePolicy']).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [dead.id, 'Arn'] },
      maxReceiveCount: retryQueueMaxReceiveCount,
    });
  });

  test('keeps messages for 7 days, and the dead letter queue for 14, since a moved message keeps its age', () => {
    expect(retry.properties['MessageRetentionPeriod']).toBe(7 * day);
    expect(dead.properties['MessageRetentionPeriod']).toBe(14 * day);
  });

  test.each([retry, dead])('is encrypted, and outlives the stack in prod: $id', ({ properties, deletion }) => {
    expect(properties['SqsManagedSseEnabled']).toBe(true);
    expect(deletion).toBe('RetainExceptOnCreate');
  });

  test('is rejected without TLS, as the dead letter queue is', () => {
    for (const policy of Object.values(synthesized('prod').resources('AWS::SQS::QueuePolicy'))) {
      expect(JSON.stringify(policy['Properties'])).toContain('"aws:SecureTransport":"false"');
    }
    expect(Object.keys(synthesized('prod').resources('AWS::SQS::QueuePolicy'))).toHaveLength(4);
  });
});

describe('the delivery to the retry function', () => {
  const deliveryOf = (stage: string) => {
    const mappings = synthesized(stage).resources('AWS::Lambda::EventSourceMapping');
    return mappings[logicalId(mappings, 'RetryPathDelivery')];
  };
  const mapping = deliveryOf('prod');

  test('reports which messages of a batch failed, so that the others are not done twice', () => {
    expect(mapping?.['Properties']['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
    expect(mapping?.['Properties']['BatchSize']).toBe(10);
  });

  test('has no filter: SQS deletes what a filter does not match', () => {
    expect(mapping?.['Properties']).not.toHaveProperty('FilterCriteria');
  });

  test('runs as many concurrent functions as the stage allows', () => {
    expect(mapping?.['Properties']['ScalingConfig']).toEqual({ MaximumConcurrency: 10 });
    expect(deliveryOf('dev')?.['Properties']['ScalingConfig']).toEqual({ MaximumConcurrency: 2 });
  });
});
