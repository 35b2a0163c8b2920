import { factsPrefix, tableKey } from '../../lambdas/contract';
import { factColumns, factSets } from '../../lambdas/domain/facts/columns';
import { logicalId, onlyOne, plainText, synthesized } from './synthesized';

const { resources } = synthesized('prod');
const tables = resources('AWS::DynamoDB::GlobalTable');

function bucketOf(stage: string) {
  const [bucket, ...others] = Object.values(synthesized(stage).resources('AWS::S3::Bucket'));
  if (bucket === undefined || others.length > 0) throw new Error('the stack has one bucket');
  return bucket;
}

describe('the table that says which facts count', () => {
  const table = tables[logicalId(tables, 'FactsTable')];

  test('has the keys and the expiry that the functions use', () => {
    expect(table?.['Properties']['KeySchema']).toEqual([
      { AttributeName: tableKey.facts.partition, KeyType: 'HASH' },
      { AttributeName: tableKey.facts.sort, KeyType: 'RANGE' },
    ]);
    expect(table?.['Properties']['TimeToLiveSpecification']).toEqual({
      AttributeName: tableKey.facts.timeToLive,
      Enabled: true,
    });
  });

  test('in prod is kept, protected from deletion and can be restored to any second', () => {
    expect(table?.['DeletionPolicy']).toBe('RetainExceptOnCreate');
    expect(table?.['Properties']['Replicas']).toEqual([
      expect.objectContaining({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ]);
  });
});

describe('the bucket of facts', () => {
  const { Properties } = bucketOf('prod');

  test('lets nobody in from outside', () => {
    expect(Properties['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  });

  test('takes requests by TLS alone', () => {
    const policy = onlyOne(resources('AWS::S3::BucketPolicy'));
    expect(policy['PolicyDocument']['Statement']).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        Principal: { AWS: '*' },
      }),
    ]);
  });

  test('keeps facts for good, answers of queries for days, and no half of an upload', () => {
    expect(Properties['LifecycleConfiguration']['Rules']).toEqual([
      { Id: 'results', Prefix: factsPrefix.results, ExpirationInDays: 3, Status: 'Enabled' },
      { Id: 'uploads', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
    ]);
  });

  test('is encrypted, and keeps no versions of what is written once', () => {
    const [rule] = Properties['BucketEncryption']['ServerSideEncryptionConfiguration'];
    expect(rule['ServerSideEncryptionByDefault']).toEqual({ SSEAlgorithm: 'AES256' });
    expect(Properties).not.toHaveProperty('VersioningConfiguration');
  });

  test('outlives the stack in prod, and goes with it in dev', () => {
    expect(bucketOf('prod')['DeletionPolicy']).toBe('RetainExceptOnCreate');
    expect(bucketOf('dev')['DeletionPolicy']).toBe('Delete');
  });
});

describe('the database that reports ask', () => {
  const glueTypes = { text: 'string', number: 'bigint', flag: 'boolean' };
  const catalogTables = Object.values(resources('AWS::Glue::Table')).map(({ Properties }) => Properties['TableInput']);

  test.each(factSets)('has the table %s with the columns of its facts, in their order', (set) => {
    const table = catalogTables.find(({ Name }) => Name === set);
    expect(table['StorageDescriptor']['Columns']).toEqual(
      factColumns[set].map(({ name, type }) => ({ Name: name, Type: glueTypes[type] })),
    );
    expect(plainText(table['StorageDescriptor']['Location'], 'BUCKET')).toBe(`s3://BUCKET/${factsPrefix[set]}`);
    expect(table['TableType']).toBe('EXTERNAL_TABLE');
  });

  test('has a name that Athena takes without quotes', () => {
    const database = onlyOne(resources('AWS::Glue::Database'));
    expect(database['DatabaseInput']['Name']).toMatch(/^[a-z][a-z0-9_]*$/);
  });

  test('is queried in a workgroup that limits each query and sets its output location', () => {
    const { WorkGroupConfiguration: configuration } = onlyOne(resources('AWS::Athena::WorkGroup'));
    expect(configuration).toMatchObject({ EnforceWorkGroupConfiguration: true, BytesScannedCutoffPerQuery: 20e9 });
    const { OutputLocation, EncryptionConfiguration } = configuration['ResultConfiguration'];
    expect(plainText(OutputLocation, 'BUCKET')).toBe(`s3://BUCKET/${factsPrefix.results}`);
    expect(EncryptionConfiguration).toEqual({ EncryptionOption: 'SSE_S3' });
  });
});
