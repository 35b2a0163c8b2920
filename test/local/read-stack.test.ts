import { readAssembly } from '../../local/assembly/read-assembly';
import { readStack } from '../../local/template/read-stack';
import { type Template, type TemplateResource, withBucket, withReports, withStreamReader } from './fixture/template';
import { writeFixtureAssembly } from './fixture/write-assembly';

const read = (change?: (template: Template) => void) =>
  readStack(readAssembly(writeFixtureAssembly(change)), 'http://gateway');

/** Properties of a resource of the fixture, to change. */
function properties(template: Template, id: string): Record<string, unknown> {
  const resource: TemplateResource | undefined = template.Resources[id];
  if (resource === undefined) throw new Error(`the fixture has no ${id}`);
  return resource.Properties;
}

test('reads functions with their resolved environment, tables, queues, routes and event sources', () => {
  const stack = read();

  expect(stack.functions.map(({ label, environment }) => [label, environment['TABLE']])).toEqual([
    ['Web', 'Fixture-Rows'],
    ['Worker', 'Fixture-Rows'],
  ]);
  expect(stack.functions[0]?.environment['QUEUE_URL']).toBe('http://gateway/000000000000/Fixture-Queue');
  expect(stack.tables[0]).toMatchObject({ name: 'Fixture-Rows', timeToLiveAttribute: 'expiresAt' });
  expect(stack.queues.map(({ attributes }) => attributes['VisibilityTimeout'])).toEqual([undefined, '2']);
  expect(stack.api?.routes.every(({ permitted }) => permitted)).toBe(true);
  expect(stack.eventSources[0]).toMatchObject({ batchSize: 10, reportsBatchItemFailures: true, maximumConcurrency: 2 });
  expect(stack.inert).toEqual(['Logs (AWS::Logs::LogGroup)']);
});

test('switches on the stream of a table only where a function reads it', () => {
  const streamed = (template: Template): void => {
    properties(template, 'Rows')['StreamSpecification'] = { StreamViewType: 'NEW_IMAGE' };
  };

  expect(read(streamed).tables[0]?.definition).not.toHaveProperty('StreamSpecification');
});

test('reads an event source mapping on a stream, with the defaults of Lambda', () => {
  const stack = read((template) =>
    withStreamReader(template, { MaximumRetryAttempts: -1, TumblingWindowInSeconds: 60 }),
  );

  expect(stack.tables[0]?.definition['StreamSpecification']).toEqual({
    StreamEnabled: true,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  });
  expect(stack.streamSources).toEqual([
    expect.objectContaining({
      label: 'ReaderMapping',
      startingPosition: 'TRIM_HORIZON',
      batchSize: 100,
      batchingWindowSeconds: 0,
      tumblingWindowSeconds: 60,
      maximumRetryAttempts: undefined,
      maximumRecordAgeSeconds: undefined,
    }),
  ]);
});

test('reads buckets under names that S3 takes, with what their policies deny', () => {
  const [bucket] = read((template) => withBucket(template, () => [])).buckets;

  expect(bucket?.name).toMatch(/^fixture-facts-[0-9a-f]{8}$/);
  expect(bucket?.arn).toBe(`arn:aws:s3:::${bucket?.name}`);
  expect(bucket?.denials.map(({ conditionsHold }) => conditionsHold)).toEqual([false, true]);
});

test('reads workgroups of Athena and tables of Glue', () => {
  const stack = read((template) => {
    withBucket(template, () => []);
    withReports(template, { BytesScannedCutoffPerQuery: 10_000_000 });
  });
  const [bucket] = stack.buckets;

  expect(stack.workGroups).toEqual([
    {
      logicalId: 'Reports',
      label: 'Reports',
      name: 'reports',
      arn: 'arn:aws:athena:us-east-1:000000000000:workgroup/reports',
      enforces: true,
      isEnabled: true,
      outputLocation: `s3://${bucket?.name}/results/`,
      cutoffBytes: 10_000_000,
    },
  ]);
  expect(stack.glueTables).toEqual([
    expect.objectContaining({ name: 'rows_of_facts', database: 'tracker', bucket: bucket?.name, prefix: 'rows/' }),
  ]);
});

test('omits a resource whose condition is false', () => {
  const stack = read((template) => {
    template['Conditions'] = { Never: { 'Fn::Equals': ['a', 'b'] } };
    Object.assign(template.Resources['Mapping'] ?? {}, { Condition: 'Never' });
  });

  expect(stack.eventSources).toEqual([]);
});

test('drops the hash of the CDK from the names for people, where they stay unique', () => {
  const stack = read(({ Resources }) => {
    Resources['Other0123ABCD'] = { Type: 'AWS::SQS::Queue', Properties: {} };
    Resources['Twin01234567'] = { Type: 'AWS::SQS::Queue', Properties: {} };
    Resources['Twin89ABCDEF'] = { Type: 'AWS::SQS::Queue', Properties: {} };
  });

  expect(stack.queues.slice(2).map(({ label }) => label)).toEqual(['Other', 'Twin01234567', 'Twin89ABCDEF']);
});

/** Has everything call the alias `live` of each function, as a stack with gradual releases does. */
function callAliases(template: Template): void {
  const { Resources } = template;
  for (const id of ['Web', 'Worker']) {
    Resources[`${id}Version`] = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: id } } };
    Resources[`${id}Live`] = {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: id },
        FunctionVersion: { 'Fn::GetAtt': [`${id}Version`, 'Version'] },
        Name: 'live',
      },
    };
  }
  // By name and alias, in the words of the CDK.
  const nameOfAlias = { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'WorkerLive' }] }] };
  properties(template, 'Mapping')['FunctionName'] = { 'Fn::Join': ['', [nameOfAlias, ':live']] };
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === 'AWS::ApiGatewayV2::Integration') Properties['IntegrationUri'] = { Ref: 'WebLive' };
    if (Type === 'AWS::Lambda::Permission') Properties['FunctionName'] = { Ref: 'WebLive' };
  }
}

describe('an alias', () => {
  test('stands for its function, in an integration and in an event source', () => {
    const stack = read(callAliases);

    expect(new Set(stack.api?.routes.map((route) => route.function.label))).toEqual(new Set(['Web']));
    expect(stack.api?.routes.every(({ permitted }) => permitted)).toBe(true);
    expect(stack.eventSources.map((source) => source.function.label)).toEqual(['Worker']);
  });

  test('needs a separate permission: one for the function does not cover it', () => {
    const stack = read((template) => {
      callAliases(template);
      for (const { Type, Properties } of Object.values(template.Resources)) {
        if (Type === 'AWS::Lambda::Permission') Properties['FunctionName'] = { Ref: 'Web' };
      }
    });

    expect(stack.api?.routes.some(({ permitted }) => permitted)).toBe(false);
  });
});

test('finds a route without a permission that covers it not permitted', () => {
  const stack = read((template) => {
    delete template.Resources['Permission0'];
    properties(template, 'Permission1')['Principal'] = 'events.amazonaws.com';
    properties(template, 'Permission2')['SourceArn'] = 'arn:aws:execute-api:us-east-1:000000000000:other/*/*/messages';
  });

  // Routes 0 and 1 have the same path, and permission 0 covered both.
  expect(stack.api?.routes.filter(({ permitted }) => !permitted).map(({ routeKey }) => routeKey)).toEqual([
    'POST /rows/{id}',
    'GET /rows/{id}',
    'POST /messages',
  ]);
});

type Rejection = [string, (template: Template) => void, RegExp];

const rejectedOfStreams: [string, Record<string, unknown>, RegExp][] = [
  ['FilterCriteria', { FilterCriteria: { Filters: [] } }, /has FilterCriteria, which/],
  ['DestinationConfig', { DestinationConfig: { OnFailure: {} } }, /has DestinationConfig, which/],
  ['a ParallelizationFactor', { ParallelizationFactor: 2 }, /has a ParallelizationFactor above 1/],
  ['a StartingPosition in time', { StartingPosition: 'AT_TIMESTAMP' }, /StartingPosition AT_TIMESTAMP/],
  ['a batch size above the limit', { BatchSize: 10_001 }, /BatchSize 10001: it must be 1 to 10000/],
  ['a tumbling window above the limit', { TumblingWindowInSeconds: 901 }, /TumblingWindowInSeconds 901/],
];

const rejections: Rejection[] = [
  [
    'a resource type that it does not know',
    ({ Resources }) => (Resources['Network'] = { Type: 'AWS::EC2::VPC', Properties: {} }),
    /Network of type AWS::EC2::VPC/,
  ],
  [
    'a bucket with a setting that it does not do',
    (template) => {
      withBucket(template, () => []);
      properties(template, 'Facts')['NotificationConfiguration'] = {};
    },
    /Facts has NotificationConfiguration/,
  ],
  [
    'a route to a missing integration',
    (template) => (properties(template, 'Route2')['Target'] = 'integrations/none'),
    /POST \/messages has the target "integrations\/none"/,
  ],
  [
    'an event source whose role may not receive',
    (template) => (properties(template, 'WorkerPolicy')['PolicyDocument'] = { Statement: [] }),
    /The provided execution role does not have permissions to call ReceiveMessage on SQS/,
  ],
  [
    'a visibility timeout below the function timeout',
    (template) => (properties(template, 'Worker')['Timeout'] = 5),
    /Queue visibility timeout: 2 seconds is less than Function timeout: 5 seconds/,
  ],
  [
    'a dead letter queue that there is not',
    (template) =>
      (properties(template, 'Queue')['RedrivePolicy'] = {
        deadLetterTargetArn: 'arn:aws:sqs:a:b:gone',
        maxReceiveCount: 2,
      }),
    /Queue sends its dead letters to arn:aws:sqs:a:b:gone/,
  ],
  [
    'a maxReceiveCount of nothing',
    (template) => Object.assign(properties(template, 'Queue')['RedrivePolicy'] ?? {}, { maxReceiveCount: 0 }),
    /maxReceiveCount 0/,
  ],
  [
    'an index key without a definition',
    (template) =>
      (properties(template, 'Rows')['GlobalSecondaryIndexes'] = [
        {
          IndexName: 'i',
          KeySchema: [{ AttributeName: 'when', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ]),
    /Rows has a key on when/,
  ],
  [
    'an attribute definition that no key uses',
    (template) =>
      (properties(template, 'Rows')['AttributeDefinitions'] = [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'extra', AttributeType: 'S' },
      ]),
    /Rows defines the attribute extra/,
  ],
  [
    'a handler whose file is not there',
    (template) => (properties(template, 'Web')['Handler'] = 'main.handler'),
    /Web names the handler main\.handler/,
  ],
  [
    'an environment variable without a value',
    (template) => (properties(template, 'Web')['Environment'] = { Variables: { EMPTY: null } }),
    /EMPTY of the function Web has no value/,
  ],
  [
    'a role that Lambda cannot assume',
    (template) => (properties(template, 'WebRole')['AssumeRolePolicyDocument'] = { Statement: [] }),
    /Web cannot be assumed by Lambda/,
  ],
  [
    'a managed policy that it does not know',
    (template) =>
      (properties(template, 'WebRole')['ManagedPolicyArns'] = ['arn:aws:iam::aws:policy/AdministratorAccess']),
    /AdministratorAccess/,
  ],
  [
    'a table of a database that there is not',
    (template) => {
      withBucket(template, () => []);
      withReports(template);
      properties(template, 'RowsTable')['DatabaseName'] = 'elsewhere';
    },
    /RowsTable is of the database elsewhere/,
  ],
  [
    'a table of files that are not Parquet',
    (template) => {
      withBucket(template, () => []);
      withReports(template);
      Object.assign(Object(properties(template, 'RowsTable')['TableInput']).StorageDescriptor, { SerdeInfo: {} });
    },
    /RowsTable is not one of Parquet files without partitions/,
  ],
  [
    'the stream of a table that has none',
    (template) => {
      withStreamReader(template);
      delete properties(template, 'Rows')['StreamSpecification'];
    },
    /ReaderMapping reads the stream of Rows, which has none/,
  ],
  [
    'a stream whose reader may not list streams',
    (template) => {
      withStreamReader(template);
      properties(template, 'ReaderPolicy')['PolicyDocument'] = {
        Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: { 'Fn::GetAtt': ['Rows', 'StreamArn'] } }],
      };
    },
    /Cannot access stream .*table\/Fixture-Rows\/stream\/local/,
  ],
  ...rejectedOfStreams.map(([what, mapping, message]): Rejection => [
    `a stream as event source with ${what}`,
    (template) => withStreamReader(template, mapping),
    message,
  ]),
];

test.each(rejections)('rejects %s', (_what, change, message) => {
  expect(() => read(change)).toThrow(message);
});
