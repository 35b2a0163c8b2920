import { isLeftToRecount, quietMilliseconds } from '../../lambdas/domain/facts/recount-quiet';
import { logicalId, synthesized } from './synthesized';

const { resources } = synthesized('prod');
const mappings = resources('AWS::Lambda::EventSourceMapping');
const live = (name: string) => logicalId(resources('AWS::Lambda::Alias'), `Functions${name}Live`);

describe.each(['Clicks', 'Conversions'])('the changes of %s', (table) => {
  const { Properties = {} } = mappings[logicalId(mappings, `Counting${table}`)] ?? {};

  test('are counted by the released function, from the oldest that the stream still has', () => {
    const tables = resources('AWS::DynamoDB::GlobalTable');
    expect(Properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [logicalId(tables, `Tables${table}`), 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(JSON.stringify(Properties['FunctionName'])).toContain(`{"Ref":"${live('Count')}"}`);
  });

  test('come in a tumbling window, which names their shard and lets one function at a time read it', () => {
    expect(Properties).toMatchObject({ TumblingWindowInSeconds: 60, MaximumBatchingWindowInSeconds: 60 });
    expect(Properties).not.toHaveProperty('ParallelizationFactor');
  });

  test('come again until they are counted: none is filtered, given up for its age or after so many tries', () => {
    for (const field of ['FilterCriteria', 'MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'DestinationConfig']) {
      expect(Properties).not.toHaveProperty(field);
    }
  });

  test('are counted within a second in dev', () => {
    const ofDev = synthesized('dev').resources('AWS::Lambda::EventSourceMapping');
    expect(ofDev[logicalId(ofDev, `Counting${table}`)]?.['Properties']).toMatchObject({ TumblingWindowInSeconds: 1 });
  });
});

test('a count that took the last change in time has ended before a recount compares its row', () => {
  const functions = resources('AWS::Lambda::Function');
  const timeout = Number(functions[logicalId(functions, 'FunctionsCount')]?.['Properties']?.['Timeout']) * 1000;
  expect(timeout).toBeGreaterThan(0);
  // Twice the time of a run, and clocks that differ by five minutes.
  expect(isLeftToRecount(0, quietMilliseconds - 2 * timeout - 300_000)).toBe(true);
  expect(isLeftToRecount(0, 24 * 3_600_000)).toBe(false);
});

test('facts are put together every quarter of an hour, and a run that fails is left to the next one', () => {
  const schedules = resources('AWS::Scheduler::Schedule');
  expect(schedules[logicalId(schedules, 'CompactionSchedule')]?.['Properties']).toMatchObject({
    ScheduleExpression: 'rate(15 minutes)',
    Target: { Arn: { Ref: live('Compact') }, RetryPolicy: { MaximumRetryAttempts: 0 } },
  });
});
