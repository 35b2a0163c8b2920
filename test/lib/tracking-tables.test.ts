import { tableKey } from '../../lambdas/contract';
import { logicalId, synthesized } from './synthesized';

const tableType = 'AWS::DynamoDB::GlobalTable';
const names = ['Config', 'Clicks', 'Conversions', 'PostbackLog'] as const;

function table(stage: string, name: (typeof names)[number] | 'VisitorKeys', stages?: Record<string, unknown>) {
  const tables = synthesized(stage, stages).resources(tableType);
  const found = tables[logicalId(tables, `Tables${name}`)];
  if (!found) throw new Error(`no table ${name}`);
  return found;
}

describe('the tables', () => {
  test('are those of the design and no others, beside those of facts and of deliveries', () => {
    expect(Object.keys(synthesized('dev').resources(tableType))).toHaveLength(names.length + 3);
  });

  test.each([
    ['Config', tableKey.config, undefined],
    ['Clicks', { partition: tableKey.clicks.partition, sort: undefined }, tableKey.clicks.timeToLive],
    ['Conversions', tableKey.conversions, undefined],
    ['PostbackLog', tableKey.postbackLog, tableKey.postbackLog.timeToLive],
    ['VisitorKeys', { partition: tableKey.visitorKeys.partition, sort: undefined }, tableKey.visitorKeys.timeToLive],
  ] as const)('%s has the keys and the expiry that the functions use', (name, key, timeToLive) => {
    const { Properties } = table('prod', name);
    expect(Properties['KeySchema']).toEqual([
      { AttributeName: key.partition, KeyType: 'HASH' },
      ...(key.sort ? [{ AttributeName: key.sort, KeyType: 'RANGE' }] : []),
    ]);
    expect(Properties['TimeToLiveSpecification']).toEqual(
      timeToLive ? { AttributeName: timeToLive, Enabled: true } : undefined,
    );
  });

  test.each(names)('%s is on demand and has no secondary index', (name) => {
    const { Properties } = table('prod', name);
    expect(Properties['BillingMode']).toBe('PAY_PER_REQUEST');
    expect(Properties).not.toHaveProperty('GlobalSecondaryIndexes');
    expect(Properties).not.toHaveProperty('LocalSecondaryIndexes');
  });

  test.each([
    ['Config', undefined],
    ['Clicks', 'NEW_AND_OLD_IMAGES'],
    ['Conversions', 'NEW_AND_OLD_IMAGES'],
    ['PostbackLog', undefined],
  ] as const)('%s streams %s', (name, view) => {
    expect(table('prod', name)['Properties']['StreamSpecification']).toEqual(view && { StreamViewType: view });
  });

  test.each(names)('%s in prod is kept, protected from deletion and can be restored to any second', (name) => {
    const kept = table('prod', name);
    // Kept, but for a stack whose first deployment fails: each further try would leave another set behind.
    expect(kept['DeletionPolicy']).toBe('RetainExceptOnCreate');
    expect(kept['UpdateReplacePolicy']).toBe('Retain');
    expect(kept['Properties']['Replicas']).toEqual([
      expect.objectContaining({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ]);
  });

  test.each(['dev', 'prod'])('the keys of visitors in %s go with the stack, and no backup keeps one', (stage) => {
    const keys = table(stage, 'VisitorKeys');
    expect(keys['DeletionPolicy']).toBe('Delete');
    expect(keys['Properties']['Replicas']).toEqual([
      expect.objectContaining({
        DeletionProtectionEnabled: false,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
      }),
    ]);
  });

  test.each(names)('%s in dev goes with its stack', (name) => {
    expect(table('dev', name)['DeletionPolicy']).toBe('Delete');
  });

  test.each(names)('%s in a stage of one’s own is kept unless the stage says that it is like dev', (name) => {
    expect(table('own', name, { own: {} })['DeletionPolicy']).toBe('RetainExceptOnCreate');
    expect(table('own', name, { own: { like: 'dev' } })['DeletionPolicy']).toBe('Delete');
  });

  test('a write ceiling holds for what strangers can cause, not for the configuration', () => {
    const ceiling = { own: { writeCeiling: 500 } };
    for (const name of ['Clicks', 'Conversions', 'PostbackLog'] as const) {
      expect(table('own', name, ceiling)['Properties']['WriteOnDemandThroughputSettings']).toEqual({
        MaxWriteRequestUnits: 500,
      });
    }
    expect(table('own', 'Config', ceiling)['Properties']).not.toHaveProperty('WriteOnDemandThroughputSettings');
  });

  test('CloudWatch names throttled keys where a stage asks for it, and only of the table whose keys a sender chooses', () => {
    const insights = { Enabled: true, Mode: 'THROTTLED_KEYS' };
    const stages = { prod: { hotKeyInsights: true } };
    for (const name of names) {
      const [asked] = table('prod', name, stages)['Properties']['Replicas'];
      const [unasked] = table('prod', name)['Properties']['Replicas'];
      expect(asked['ContributorInsightsSpecification']).toEqual(name === 'Conversions' ? insights : undefined);
      expect(unasked).not.toHaveProperty('ContributorInsightsSpecification');
    }
  });
});

describe('the master secret', () => {
  test('is made up by Secrets Manager and kept in prod', () => {
    const [secret] = Object.values(synthesized('prod').resources('AWS::SecretsManager::Secret'));
    expect(secret?.['Properties']).not.toHaveProperty('SecretString');
    expect(secret?.['Properties']['GenerateSecretString']).toEqual({
      SecretStringTemplate: '{"currentNumber":1}',
      GenerateStringKey: 'current',
      PasswordLength: 64,
      ExcludePunctuation: true,
    });
    expect(secret?.['DeletionPolicy']).toBe('RetainExceptOnCreate');
  });
});
