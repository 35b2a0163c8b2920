import { createHash } from 'node:crypto';
import { accountId, arn, roleArn } from '../account';
import { bucketArn } from '../s3/arn';

/** A resource as `Ref` and `Fn::GetAtt` see it. `name` is its physical name. */
export interface Named {
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  /** ARN of the function of a version or alias. */
  readonly functionArn?: string | undefined;
}

/** Properties that hold a physical name in CloudFormation, by resource type; a dot leads into a property. */
export const nameProperty: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Stage': 'StageName',
  'AWS::Athena::WorkGroup': 'Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Glue::Database': 'DatabaseInput.Name',
  'AWS::Glue::Table': 'TableInput.Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Alias': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::SecretsManager::Secret': 'Name',
};

/**
 * Names a resource that the template does not name, by stack and logical ID only, so that a table is found after a restart and after a
 * new synth. CloudFormation would add a random tail.
 */
export function generatedName(type: string, stackName: string, logicalId: string): string {
  if (type === 'AWS::ApiGatewayV2::Api') return shortHash(`${stackName}/${logicalId}`, 10);
  // Bucket names must be valid host names.
  if (type === 'AWS::S3::Bucket')
    return `${stackName}-${logicalId}`.toLowerCase().slice(0, 50) + `-${shortHash(`${stackName}/${logicalId}`, 8)}`;
  const name = `${stackName}-${logicalId}`;
  const limit = ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::Scheduler::Schedule'].includes(type) ? 64 : 80;
  return name.length <= limit ? name : `${name.slice(0, limit - 9)}-${shortHash(name, 8)}`;
}

/** Returns the value of `Ref`, by "Return values" on each type's CloudFormation page. */
export function refValue(resource: Named, queueBaseUrl: string): string {
  switch (resource.type) {
    case 'AWS::SQS::Queue':
      return `${queueBaseUrl}/${accountId}/${resource.name}`;
    case 'AWS::SecretsManager::Secret':
    case 'AWS::SNS::Topic':
    case 'AWS::Lambda::Alias':
    case 'AWS::Lambda::Version':
      return arnOf(resource);
    default:
      return resource.name;
  }
}

/** Returns the value of `Fn::GetAtt`; `undefined` for an attribute that a served type lacks. */
export function attributeValue(resource: Named, attribute: string, queueBaseUrl: string): string | undefined {
  if (attribute === 'Arn' || attribute === 'TopicArn') return arnOf(resource);
  switch (`${resource.type}.${attribute}`) {
    case 'AWS::SQS::Queue.QueueName':
    case 'AWS::SNS::Topic.TopicName':
    case 'AWS::ApiGatewayV2::Api.ApiId':
      return resource.name;
    case 'AWS::SQS::Queue.QueueUrl':
      return refValue(resource, queueBaseUrl);
    case 'AWS::ApiGatewayV2::Api.ApiEndpoint':
      return `https://${resource.name}.execute-api.us-east-1.amazonaws.com`;
    case 'AWS::DynamoDB::Table.StreamArn':
    case 'AWS::DynamoDB::GlobalTable.StreamArn':
      return `${arnOf(resource)}/stream/local`;
    case 'AWS::DynamoDB::GlobalTable.TableId':
    case 'AWS::IAM::Role.RoleId':
      return shortHash(resource.name, 20).toUpperCase();
    case 'AWS::S3::Bucket.DomainName':
      return `${resource.name}.s3.amazonaws.com`;
    case 'AWS::S3::Bucket.RegionalDomainName':
      return `${resource.name}.s3.us-east-1.amazonaws.com`;
    case 'AWS::SecretsManager::Secret.Id':
      return arnOf(resource);
    case 'AWS::Lambda::Version.Version':
      return '1';
    default:
      return undefined;
  }
}

export function arnOf(resource: Named): string {
  switch (resource.type) {
    case 'AWS::DynamoDB::GlobalTable':
    case 'AWS::DynamoDB::Table':
      return arn('dynamodb', `table/${resource.name}`);
    case 'AWS::Athena::WorkGroup':
      return arn('athena', `workgroup/${resource.name}`);
    case 'AWS::Glue::Database':
      return arn('glue', `database/${resource.name}`);
    case 'AWS::S3::Bucket':
      return bucketArn(resource.name);
    case 'AWS::SQS::Queue':
      return arn('sqs', resource.name);
    case 'AWS::SNS::Topic':
      return arn('sns', resource.name);
    case 'AWS::SecretsManager::Secret':
      // Secrets Manager adds six characters to the name; ours must stay the same after a restart.
      return arn('secretsmanager', `secret:${resource.name}-${shortHash(resource.name, 6)}`);
    case 'AWS::Scheduler::Schedule':
      return arn('scheduler', `schedule/default/${resource.name}`);
    case 'AWS::IAM::Role':
      return roleArn(resource.name);
    case 'AWS::Lambda::Function':
      return arn('lambda', `function:${resource.name}`);
    case 'AWS::Lambda::Alias':
      return `${resource.functionArn ?? ''}:${resource.name}`;
    case 'AWS::Lambda::Version':
      return `${resource.functionArn ?? ''}:1`;
    case 'AWS::Logs::LogGroup':
      return arn('logs', `log-group:${resource.name}:*`);
    case 'AWS::CloudWatch::Alarm':
    case 'AWS::CloudWatch::CompositeAlarm':
      return arn('cloudwatch', `alarm:${resource.name}`);
    default:
      return arn(resource.type.split('::')[1]?.toLowerCase() ?? 'local', resource.name);
  }
}

function shortHash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
