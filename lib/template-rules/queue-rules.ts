import { listOf, numberOr, objectOrEmpty, textOf } from '../../local/json';
import type { Rule } from './rule';
import type { Resource, Template } from './template';

/** Lambda's recommendation: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const visibilityTimeouts = 6;
/** The same page: with fewer, a throttled poller moves messages to the dead letters that no function has seen. */
const fewestReceives = 5;
const mostReceives = 1000;
const defaultVisibilitySeconds = 30;
const defaultRetentionSeconds = 345_600;

interface Delivery {
  readonly mapping: Resource;
  readonly queue: Resource;
  readonly consumer: Resource;
}

/** Queues, and the functions that process them. */
function deliveries(template: Template): readonly Delivery[] {
  return template.ofType('AWS::Lambda::EventSourceMapping').flatMap((mapping) => {
    const [queue] = template.referredTo(mapping.properties['EventSourceArn'], 'AWS::SQS::Queue');
    const consumer = template.functionIn(mapping.properties['FunctionName']);
    return queue === undefined || consumer === undefined ? [] : [{ mapping, queue, consumer }];
  });
}

const redriveOf = ({ properties }: Resource) => objectOrEmpty(properties['RedrivePolicy']);

export const queueRules: readonly Rule[] = [
  {
    name: 'queue-consumer',
    demands: 'Every queue with a dead letter queue is processed by a function.',
    offences: ({ template }) =>
      template
        .ofType('AWS::SQS::Queue')
        .filter((queue) => 'deadLetterTargetArn' in redriveOf(queue))
        .filter(({ logicalId }) => !deliveries(template).some(({ queue }) => queue.logicalId === logicalId))
        .map(({ logicalId }) => ({ logicalId, message: 'is processed by no function: its messages stay' })),
  },
  {
    name: 'queue-visibility',
    demands: 'A queue hides a message for at least six times as long as its function may run.',
    offences: ({ template }) =>
      deliveries(template).flatMap(({ queue, consumer }) => {
        const visibility = numberOr(queue.properties['VisibilityTimeout'], defaultVisibilitySeconds);
        const needed = visibilityTimeouts * numberOr(consumer.properties['Timeout'], 3);
        if (visibility >= needed) return [];
        return [
          {
            logicalId: queue.logicalId,
            message: `hides a message for ${visibility} s, which must be at least ${needed} s`,
          },
        ];
      }),
  },
  {
    name: 'dead-letter-queue',
    demands: 'A queue that a function processes has a dead letter queue, which keeps messages for longer.',
    offences: ({ template }) =>
      deliveries(template).flatMap(({ queue }) => {
        const { logicalId, properties } = queue;
        const [dead] = template.referredTo(redriveOf(queue)['deadLetterTargetArn'], 'AWS::SQS::Queue');
        if (dead === undefined) return [{ logicalId, message: 'has no dead letter queue' }];
        const kept = numberOr(properties['MessageRetentionPeriod'], defaultRetentionSeconds);
        const keptDead = numberOr(dead.properties['MessageRetentionPeriod'], defaultRetentionSeconds);
        if (keptDead > kept) return [];
        // A moved message keeps its age: it expires immediately in a queue with the same retention.
        return [{ logicalId: dead.logicalId, message: `keeps messages for ${keptDead} s, its source for ${kept} s` }];
      }),
  },
  {
    name: 'receive-count',
    demands: `A message is a dead letter after ${fewestReceives} to ${mostReceives} deliveries.`,
    offences: ({ template }) =>
      template.ofType('AWS::SQS::Queue').flatMap((queue) => {
        const { deadLetterTargetArn: target, maxReceiveCount: given } = redriveOf(queue);
        const count = numberOr(given, Number.NaN);
        const isGood = Number.isInteger(count) && count >= fewestReceives && count <= mostReceives;
        if (target === undefined || isGood) return [];
        return [{ logicalId: queue.logicalId, message: `has the maxReceiveCount ${textOf(given)}` }];
      }),
  },
  {
    name: 'batch-item-failures',
    demands: 'A function reports the failed messages of a batch, so that the others are not processed twice.',
    offences: ({ template }) =>
      deliveries(template)
        .filter(
          ({ mapping }) => !listOf(mapping.properties['FunctionResponseTypes']).includes('ReportBatchItemFailures'),
        )
        .map(({ mapping: { logicalId } }) => ({
          logicalId,
          message: 'reports no failures: one bad message repeats its batch',
        })),
  },
  {
    name: 'batch-window',
    demands:
      'A batch of more than 10 messages has a batching window of at least a second; otherwise Lambda rejects it.',
    offences: ({ template }) =>
      deliveries(template).flatMap(({ mapping: { logicalId, properties } }) => {
        const size = numberOr(properties['BatchSize'], 10);
        if (size <= 10 || numberOr(properties['MaximumBatchingWindowInSeconds'], 0) >= 1) return [];
        return [{ logicalId, message: `takes ${size} messages per batch without a batching window` }];
      }),
  },
  {
    name: 'message-filter',
    demands: 'No queue is filtered: Lambda deletes messages that no filter matches, and each was acknowledged.',
    offences: ({ template }) =>
      deliveries(template)
        .filter(({ mapping }) => mapping.properties['FilterCriteria'] !== undefined)
        .map(({ mapping: { logicalId } }) => ({
          logicalId,
          message: 'deletes messages that its filter does not match',
        })),
  },
];
