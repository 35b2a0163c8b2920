import { StartupFailure } from '../failure';
import { readStatements } from '../iam/policy';
import { isObject, type JsonObject, listOf, objectOrEmpty, parseJson, stringOrUndefined, textOf } from '../json';
import { accountId } from '../account';
import type { QueueModel, SecretModel, TableModel } from './model';
import type { ServedResource, ServedResources } from './resources';

const indexKinds = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'] as const;

/** Reads tables as input of CreateTable, without capacity, backups and replicas. */
export function readTables(resources: ServedResources): TableModel[] {
  return resources.ofType('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').map((resource) => {
    const { properties } = resource;
    checkKeyAttributes(resource);
    const definition: Record<string, unknown> = {
      AttributeDefinitions: properties['AttributeDefinitions'],
      KeySchema: properties['KeySchema'],
      // Capacity is not simulated; on-demand tables need no figures.
      BillingMode: 'PAY_PER_REQUEST',
    };
    for (const kind of indexKinds) {
      const indexes = listOf(properties[kind]).map((index) => {
        const { IndexName, KeySchema, Projection } = objectOrEmpty(index);
        return { IndexName, KeySchema, Projection };
      });
      if (indexes.length > 0) definition[kind] = indexes;
    }
    const stream = objectOrEmpty(properties['StreamSpecification'])['StreamViewType'];
    // A stream without a reader would slow down each write, and grow without end.
    if (stream !== undefined && isStreamRead(resource, resources)) {
      definition['StreamSpecification'] = { StreamEnabled: true, StreamViewType: stream };
    }
    const timeToLive = objectOrEmpty(properties['TimeToLiveSpecification']);
    return {
      logicalId: resource.logicalId,
      label: resource.label,
      name: resource.name,
      arn: resource.arn,
      definition,
      timeToLiveAttribute: timeToLive['Enabled'] === true ? stringOrUndefined(timeToLive['AttributeName']) : undefined,
    };
  });
}

function isStreamRead({ arn }: ServedResource, resources: ServedResources): boolean {
  return resources
    .ofType('AWS::Lambda::EventSourceMapping')
    .some(
      ({ properties }) =>
        properties['Enabled'] !== false && textOf(properties['EventSourceArn']).startsWith(`${arn}/stream/`),
    );
}

/** Rejects, like DynamoDB, a key attribute without a definition and a definition that no key uses; names it. */
function checkKeyAttributes({ logicalId, properties }: ServedResource): void {
  const defined = names(properties['AttributeDefinitions']);
  const keySchemas = [
    properties['KeySchema'],
    ...indexKinds.flatMap((kind) => listOf(properties[kind]).map((index) => objectOrEmpty(index)['KeySchema'])),
  ];
  const used = keySchemas.flatMap(names);
  if (names(properties['KeySchema']).length === 0) throw new StartupFailure(`The table ${logicalId} has no KeySchema.`);
  const undefinedName = used.find((name) => !defined.includes(name));
  if (undefinedName !== undefined) {
    throw new StartupFailure(
      `The table ${logicalId} has a key on ${undefinedName}, which its AttributeDefinitions do not define: DynamoDB would reject it.`,
    );
  }
  const unusedName = defined.find((name) => !used.includes(name));
  if (unusedName !== undefined) {
    throw new StartupFailure(
      `The table ${logicalId} defines the attribute ${unusedName}, which no key uses: DynamoDB would reject it.`,
    );
  }
}

function names(schema: unknown): string[] {
  return listOf(schema).map((entry) => textOf(objectOrEmpty(entry)['AttributeName']));
}

const queueAttributeNames = [
  'ContentBasedDeduplication',
  'DelaySeconds',
  'FifoQueue',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'VisibilityTimeout',
];

export function readQueues(resources: ServedResources, queueBaseUrl: string): QueueModel[] {
  const policies = resources.ofType('AWS::SQS::QueuePolicy');
  return resources.ofType('AWS::SQS::Queue').map((resource) => {
    const url = `${queueBaseUrl}/${accountId}/${resource.name}`;
    const attributes: Record<string, string> = {};
    for (const name of queueAttributeNames) {
      const value = resource.properties[name];
      if (value !== undefined) attributes[name] = textOf(value);
    }
    checkDeadLetterQueue(resource, attributes['RedrivePolicy'], resources);
    const own = policies.filter(({ properties }) => listOf(properties['Queues']).includes(url));
    return {
      logicalId: resource.logicalId,
      label: resource.label,
      name: resource.name,
      arn: resource.arn,
      url,
      attributes,
      statements: own.flatMap(({ logicalId, properties }) => readStatements(properties['PolicyDocument'], logicalId)),
    };
  });
}

function checkDeadLetterQueue(
  { logicalId }: ServedResource,
  redrivePolicy: string | undefined,
  resources: ServedResources,
): void {
  if (redrivePolicy === undefined) return;
  const policy = objectOrEmpty(parseJson(redrivePolicy));
  const target = textOf(policy['deadLetterTargetArn']);
  if (resources.withArn(target)?.type !== 'AWS::SQS::Queue') {
    throw new StartupFailure(
      `The queue ${logicalId} sends its dead letters to ${target}, which the template does not have.`,
    );
  }
  const limit = Number(policy['maxReceiveCount']);
  // 1 to 1,000: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new StartupFailure(
      `The queue ${logicalId} has the maxReceiveCount ${textOf(policy['maxReceiveCount'])}: it must be 1 to 1000.`,
    );
  }
}

export function readSecrets(resources: ServedResources): SecretModel[] {
  return resources.ofType('AWS::SecretsManager::Secret').map(({ logicalId, label, name, arn, properties }) => {
    const generate: unknown = properties['GenerateSecretString'];
    const known: JsonObject | undefined = isObject(generate) ? generate : undefined;
    return {
      logicalId,
      label,
      name,
      arn,
      secretString: stringOrUndefined(properties['SecretString']),
      generate: known,
    };
  });
}
