import { exampleOf } from './examples';
import { logicalId, synthesized, type Resource } from './synthesized';

const { stage, stages } = exampleOf('Hardened');
const { resources, stack } = synthesized(stage, stages);
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012';
const propertiesOf = (type: string): Resource[] => Object.values(resources(type)).map(({ Properties }) => Properties);

describe('a key of the team', () => {
  test('encrypts every table', () => {
    const tables = propertiesOf('AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(7);
    for (const { SSESpecification, Replicas } of tables) {
      expect(SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      expect(Replicas[0]['SSESpecification']).toEqual({ KMSMasterKeyId: keyArn });
    }
  });

  test.each([
    ['queue', 'AWS::SQS::Queue', 'KmsMasterKeyId', 4],
    ['secret', 'AWS::SecretsManager::Secret', 'KmsKeyId', 2],
    ['topic', 'AWS::SNS::Topic', 'KmsMasterKeyId', 3],
    ['log group', 'AWS::Logs::LogGroup', 'KmsKeyId', 12],
  ])('encrypts every %s', (_, type, property, count) => {
    expect(propertiesOf(type).map((properties) => properties[property])).toEqual(Array(count).fill(keyArn));
  });

  test('may be used by a function only through the services whose data it works on', () => {
    expect(uses('Click')).toEqual({ dynamodb: 'read and write', sqs: 'send', secretsmanager: 'read' });
    expect(uses('Visitor')).toEqual({ dynamodb: 'read and write', sqs: 'send', secretsmanager: 'read' });
    expect(uses('Postback')).toEqual({ dynamodb: 'read and write', sqs: 'send', secretsmanager: 'read' });
    expect(uses('Retry')).toEqual({ dynamodb: 'read and write', sqs: 'send', secretsmanager: 'read' });
    expect(uses('Admin')).toEqual({ dynamodb: 'read and write', sqs: 'send', secretsmanager: 'read', s3: 'send' });
    expect(uses('Watchdog')).toEqual({ dynamodb: 'read and write' });
    expect(uses('Count')).toEqual({ dynamodb: 'read and write', s3: 'send' });
    expect(uses('Compact')).toEqual({ dynamodb: 'read and write', s3: 'send' });
    expect(uses('Dispatch')).toEqual({ dynamodb: 'read and write', sqs: 'send' });
    expect(uses('Deliver')).toEqual({ dynamodb: 'read and write', sqs: 'read', secretsmanager: 'read' });
  });
});

const kinds: Record<string, string> = {
  'kms:Decrypt': 'read',
  'kms:Decrypt kms:GenerateDataKey': 'send',
  'kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:ReEncryptFrom kms:ReEncryptTo': 'read and write',
};

/** How a function may use the key, by the service that it must come through. */
function uses(name: string): Record<string, string> {
  const policies = resources('AWS::IAM::Policy');
  const policy = policies[logicalId(policies, `Functions${name}RoleDefaultPolicy`)]?.['Properties']['PolicyDocument'];
  const statements: readonly Resource[] = policy['Statement'].filter(({ Resource: on }: Resource) => on === keyArn);
  return Object.fromEntries(
    statements.map(({ Action, Condition }) => {
      // China and other partitions have a domain of their own.
      const via: unknown = Condition.StringEquals['kms:ViaService'];
      const [, service = ''] =
        /^\{"Fn::Join":\["",\["(\w+)\.us-east-1\.",\{"Ref":"AWS::URLSuffix"\}\]\]\}$/.exec(JSON.stringify(via)) ?? [];
      return [service, kinds[[Action].flat().sort().join(' ')] ?? 'in some other way'];
    }),
  );
}

test('a permissions boundary bounds every role', () => {
  const roles = propertiesOf('AWS::IAM::Role');
  expect(roles.length).toBeGreaterThanOrEqual(7);
  for (const role of roles) expect(role['PermissionsBoundary']).toBe('arn:aws:iam::111122223333:policy/boundary');
});

test('tags stand beside the stack’s own', () => {
  expect(stack.tags.tagValues()).toEqual({
    application: 'postback-tracker',
    stage: 'prod',
    'cost-centre': 'marketing',
    'data-class': 'internal',
  });
});

test('the account and the region are those that the stage names', () => {
  expect(stack.environment).toBe('aws://111122223333/us-east-1');
});
