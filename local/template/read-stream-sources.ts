import { StartupFailure } from '../failure';
import { evaluate } from '../iam/evaluate';
import { listOf, numberOr, objectOrEmpty, textOf } from '../json';
import type { FunctionModel, StreamSourceModel, TableModel } from './model';
import { functionOfArn } from './read-functions';
import type { ServedResource, ServedResources } from './resources';

/** Actions of Lambda's poller on a stream; its function's role must allow each. */
const pollerActions = ['DescribeStream', 'GetRecords', 'GetShardIterator'];

/** Properties that are served or have no effect here. Any other is rejected: it would change the function's events. */
const servedProperties = [
  'BatchSize',
  'BisectBatchOnFunctionError',
  'Enabled',
  'EventSourceArn',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'MetricsConfig',
  'ParallelizationFactor',
  'StartingPosition',
  'Tags',
  'TumblingWindowInSeconds',
];

export function isStreamArn(arn: unknown): boolean {
  return /^arn:[^:]*:dynamodb:.*\/stream\//.test(textOf(arn));
}

/** Reads event source mappings on DynamoDB streams. */
export function readStreamSources(
  resources: ServedResources,
  functions: readonly FunctionModel[],
  tables: readonly TableModel[],
): StreamSourceModel[] {
  return resources
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties['Enabled'] !== false && isStreamArn(properties['EventSourceArn']))
    .map((mapping) => readStreamSource(mapping, functions, tables));
}

function readStreamSource(
  mapping: ServedResource,
  functions: readonly FunctionModel[],
  tables: readonly TableModel[],
): StreamSourceModel {
  const { logicalId, label, properties } = mapping;
  const streamArn = textOf(properties['EventSourceArn']);
  const consumer = functionOfArn(properties['FunctionName'], functions);
  if (consumer === undefined) {
    throw new StartupFailure(
      `The event source ${logicalId} feeds ${textOf(properties['FunctionName'])}, which the template does not have.`,
    );
  }
  const table = tables.find(({ arn }) => streamArn.startsWith(`${arn}/stream/`));
  if (table === undefined) {
    throw new StartupFailure(`The event source ${logicalId} reads ${streamArn}, which the template does not have.`);
  }
  if (objectOrEmpty(table.definition['StreamSpecification'])['StreamViewType'] === undefined) {
    throw new StartupFailure(`The event source ${logicalId} reads the stream of ${table.logicalId}, which has none.`);
  }
  const unserved = Object.keys(properties).find((name) => !servedProperties.includes(name));
  if (unserved !== undefined) {
    throw new StartupFailure(`The event source ${logicalId} has ${unserved}, which the local stack does not do.`);
  }
  if (numberOr(properties['ParallelizationFactor'], 1) !== 1) {
    throw new StartupFailure(
      `The event source ${logicalId} has a ParallelizationFactor above 1, which the local stack does not do.`,
    );
  }
  checkRole(logicalId, streamArn, consumer);
  const read = (name: string, fallback: number, least: number, most: number): number =>
    wholeNumber(mapping, name, fallback, least, most);
  // The limits of CreateEventSourceMapping; -1 means no limit.
  const tumbling = read('TumblingWindowInSeconds', 0, 0, 900);
  const attempts = read('MaximumRetryAttempts', -1, -1, 10_000);
  const age = read('MaximumRecordAgeInSeconds', -1, -1, 604_800);
  return {
    logicalId,
    label,
    table,
    streamArn,
    function: consumer,
    startingPosition: startingPositionOf(mapping),
    batchSize: read('BatchSize', 100, 1, 10_000),
    batchingWindowSeconds: read('MaximumBatchingWindowInSeconds', 0, 0, 300),
    tumblingWindowSeconds: tumbling === 0 ? undefined : tumbling,
    reportsBatchItemFailures: listOf(properties['FunctionResponseTypes']).includes('ReportBatchItemFailures'),
    bisectsOnError: properties['BisectBatchOnFunctionError'] === true,
    maximumRetryAttempts: attempts < 0 ? undefined : attempts,
    maximumRecordAgeSeconds: age < 0 ? undefined : age,
  };
}

function startingPositionOf({ logicalId, properties }: ServedResource): 'TRIM_HORIZON' | 'LATEST' {
  const given = properties['StartingPosition'];
  if (given === 'TRIM_HORIZON' || given === 'LATEST') return given;
  throw new StartupFailure(
    `The event source ${logicalId} has the StartingPosition ${textOf(given)}: on a DynamoDB stream it is TRIM_HORIZON or LATEST.`,
  );
}

function wholeNumber(
  { logicalId, properties }: ServedResource,
  name: string,
  fallback: number,
  least: number,
  most: number,
): number {
  const value = numberOr(properties[name] ?? fallback, NaN);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new StartupFailure(
    `The event source ${logicalId} has the ${name} ${textOf(properties[name])}: it must be ${least} to ${most}.`,
  );
}

/**
 * Rejects at start what Lambda rejects at deploy time, with its message. `ListStreams` has no resource: a grant on less than `*` allows
 * nothing.
 */
function checkRole(logicalId: string, streamArn: string, consumer: FunctionModel): void {
  const allowed =
    pollerActions.every((action) => evaluate(consumer.statements, `dynamodb:${action}`, streamArn) === 'allowed') &&
    evaluate(consumer.statements, 'dynamodb:ListStreams', '*') === 'allowed';
  if (allowed) return;
  throw new StartupFailure(
    `Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM (event source ${logicalId}: role ${consumer.roleName}).`,
  );
}
