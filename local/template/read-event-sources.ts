import { StartupFailure } from '../failure';
import { evaluate } from '../iam/evaluate';
import { listOf, numberOr, objectOrEmpty, textOf } from '../json';
import type { EventSourceModel, FunctionModel, QueueModel } from './model';
import { functionOfArn } from './read-functions';
import { isStreamArn } from './read-stream-sources';
import type { ServedResource, ServedResources } from './resources';

/** Actions of Lambda's poller on a queue; its function's role must allow each. */
const pollerActions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

const defaultVisibilitySeconds = 30;

export function readEventSources(
  resources: ServedResources,
  functions: readonly FunctionModel[],
  queues: readonly QueueModel[],
): EventSourceModel[] {
  return resources
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties['Enabled'] !== false && !isStreamArn(properties['EventSourceArn']))
    .map((mapping) => readEventSource(mapping, functions, queues));
}

function readEventSource(
  mapping: ServedResource,
  functions: readonly FunctionModel[],
  queues: readonly QueueModel[],
): EventSourceModel {
  const { logicalId, properties } = mapping;
  const source = textOf(properties['EventSourceArn']);
  const consumer = functionOfArn(properties['FunctionName'], functions);
  if (consumer === undefined) {
    throw new StartupFailure(
      `The event source ${logicalId} feeds ${textOf(properties['FunctionName'])}, which the template does not have.`,
    );
  }
  const queue = queues.find(({ arn }) => arn === source);
  if (queue === undefined) {
    throw new StartupFailure(`The event source ${logicalId} reads ${source}, which the template does not have.`);
  }
  for (const unsupported of ['FilterCriteria', 'ProvisionedPollerConfig']) {
    if (properties[unsupported] !== undefined) {
      throw new StartupFailure(`The event source ${logicalId} has ${unsupported}, which the local stack does not do.`);
    }
  }
  checkAsAwsDoes(logicalId, queue, consumer);
  const batchSize = numberOr(properties['BatchSize'], 10);
  const batchingWindowSeconds = numberOr(properties['MaximumBatchingWindowInSeconds'], 0);
  if (batchSize > 10 && batchingWindowSeconds < 1) {
    throw new StartupFailure(
      `The event source ${logicalId} has a batch size of ${batchSize}: above 10, MaximumBatchingWindowInSeconds must be at least 1.`,
    );
  }
  const maximumConcurrency = objectOrEmpty(properties['ScalingConfig'])['MaximumConcurrency'];
  return {
    logicalId,
    label: mapping.label,
    queue,
    function: consumer,
    batchSize,
    batchingWindowSeconds,
    reportsBatchItemFailures: listOf(properties['FunctionResponseTypes']).includes('ReportBatchItemFailures'),
    maximumConcurrency: maximumConcurrency === undefined ? undefined : numberOr(maximumConcurrency, 2),
  };
}

/** Rejects two mistakes that CreateEventSourceMapping rejects at deploy time, with its messages. */
function checkAsAwsDoes(logicalId: string, queue: QueueModel, consumer: FunctionModel): void {
  for (const action of pollerActions) {
    if (evaluate([...consumer.statements, ...queueDenials(queue)], `sqs:${action}`, queue.arn) !== 'allowed') {
      throw new StartupFailure(
        `The provided execution role does not have permissions to call ${action} on SQS (event source ${logicalId}: role ${consumer.roleName}, queue ${queue.name}).`,
      );
    }
  }
  const visibility = numberOr(queue.attributes['VisibilityTimeout'], defaultVisibilitySeconds);
  if (visibility < consumer.timeoutSeconds) {
    throw new StartupFailure(
      `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${consumer.timeoutSeconds} seconds (event source ${logicalId}: queue ${queue.logicalId}, function ${consumer.logicalId}).`,
    );
  }
}

export function queueDenials(queue: QueueModel): QueueModel['statements'] {
  return queue.statements.filter(({ effect }) => effect === 'Deny');
}
