import { deliveryIndex, deliverTimeoutSeconds, deliveryQueueMaxReceiveCount, tableKey } from '../../lambdas/contract';
import { hiddenSeconds } from '../../lambdas/domain/outbound/turns';
import { logicalId, synthesized } from './synthesized';

const { resources } = synthesized('prod');
const tables = resources('AWS::DynamoDB::GlobalTable');
const queues = resources('AWS::SQS::Queue');
const mappings = resources('AWS::Lambda::EventSourceMapping');
const live = (name: string) => logicalId(resources('AWS::Lambda::Alias'), `Functions${name}Live`);

describe('the table of deliveries', () => {
  const { DeletionPolicy, Properties = {} } = tables[logicalId(tables, 'OutboundTable')] ?? {};

  test('has the keys and the expiry that the functions use', () => {
    expect(Properties['KeySchema']).toEqual([
      { AttributeName: tableKey.deliveries.partition, KeyType: 'HASH' },
      { AttributeName: tableKey.deliveries.sort, KeyType: 'RANGE' },
    ]);
    expect(Properties['TimeToLiveSpecification']).toEqual({
      AttributeName: tableKey.deliveries.timeToLive,
      Enabled: true,
    });
  });

  test('has two indexes, each of keys alone: what waits by its time, and what a source was sent by its day', () => {
    expect(Properties['GlobalSecondaryIndexes']).toEqual(
      [deliveryIndex.due, deliveryIndex.bySource].map(({ name, partition, sort }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: sort, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    );
    expect(Properties['AttributeDefinitions']).toContainEqual({
      AttributeName: deliveryIndex.due.sort,
      AttributeType: 'N',
    });
  });

  test('in prod is kept, protected from deletion and can be restored to any second', () => {
    expect(DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(Properties['Replicas']).toEqual([
      expect.objectContaining({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ]);
  });
});

describe('the queue of deliveries', () => {
  const { Properties = {} } = queues[logicalId(queues, 'OutboundQueue')] ?? {};
  const dead = logicalId(queues, 'OutboundDeadLetterQueue');

  test('hides a message for at least six times as long as the function may run', () => {
    expect(Properties['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * deliverTimeoutSeconds);
  });

  test('moves messages that the function cannot even try to separate dead letters, which are kept for longer', () => {
    expect(Properties['RedrivePolicy']).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [dead, 'Arn'] },
      maxReceiveCount: deliveryQueueMaxReceiveCount,
    });
    expect(queues[dead]?.['Properties']['MessageRetentionPeriod']).toBeGreaterThan(
      Properties['MessageRetentionPeriod'],
    );
  });

  test('is worked by the released function, a few at a time, which says what failed', () => {
    const { Properties: mapping = {} } = mappings[logicalId(mappings, 'DispatchingDeliveries')] ?? {};
    expect(mapping).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
    expect(JSON.stringify(mapping['FunctionName'])).toContain(`{"Ref":"${live('Deliver')}"}`);
    expect(mapping).not.toHaveProperty('FilterCriteria');
  });
});

describe('the changes of conversions', () => {
  const { Properties = {} } = mappings[logicalId(mappings, 'DispatchingConversions')] ?? {};

  test('are dispatched by the released function, from the oldest that the stream still has', () => {
    expect(Properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [logicalId(tables, 'TablesConversions'), 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(JSON.stringify(Properties['FunctionName'])).toContain(`{"Ref":"${live('Dispatch')}"}`);
  });

  test('come again until they are dispatched: none is filtered, given up for its age or after so many tries', () => {
    for (const field of ['FilterCriteria', 'MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'DestinationConfig']) {
      expect(Properties).not.toHaveProperty(field);
    }
  });
});

/** Lambda asks each shard of a stream four times a second: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
const secondsBetweenPolls = 0.25;

test('the waits of a new conversion on its way to its source add up to at most 5 seconds, a wait for its turn included', () => {
  const propertiesOf = (name: string) => mappings[logicalId(mappings, name)]?.['Properties'] ?? {};
  const queue = queues[logicalId(queues, 'OutboundQueue')]?.['Properties'] ?? {};
  const waits = {
    stream: secondsBetweenPolls + Number(propertiesOf('DispatchingConversions')['MaximumBatchingWindowInSeconds'] ?? 0),
    delayOfQueue: Number(queue['DelaySeconds'] ?? 0),
    queue: Number(propertiesOf('DispatchingDeliveries')['MaximumBatchingWindowInSeconds'] ?? 0),
    turn: hiddenSeconds(1) ?? 0,
  };
  expect(Object.values(waits).reduce((sum, seconds) => sum + seconds, 0)).toBeLessThanOrEqual(5);
  // Without others that wait for the same source, nothing but the stream is waited for.
  expect(waits).toMatchObject({ delayOfQueue: 0, queue: 0, stream: secondsBetweenPolls });
});

test('waiting deliveries are checked each minute, and a failed run is left to the next one', () => {
  const schedules = resources('AWS::Scheduler::Schedule');
  expect(schedules[logicalId(schedules, 'DispatchingSchedule')]?.['Properties']).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    Target: { Arn: { Ref: live('Dispatch') }, RetryPolicy: { MaximumRetryAttempts: 0 } },
  });
});

test('no function of the template may call destinations on its own machine', () => {
  expect(JSON.stringify(resources('AWS::Lambda::Function'))).not.toContain('ALLOWED_DESTINATIONS');
});
