import { Duration, Validations } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueRetentionDays, retryQueueMaxReceiveCount, retryQueueVisibilitySeconds } from '../lambdas/contract';
import type { DataPolicy } from './data-policy';

/** Props of `RetryPath`. */
export interface RetryPathProps {
  readonly data: DataPolicy;
  /** Retry functions that may run at once. */
  readonly maxConcurrency: number;
}

/** The queue of acknowledged clicks and postbacks that could not be stored yet. */
export class RetryPath extends Construct {
  /** The retry function tries these again and again, with growing pauses. */
  readonly retryQueue: Queue;
  /** Abandoned messages with their reasons. Somebody must look: each message is a click or a conversion. */
  readonly deadLetterQueue: Queue;
  private readonly maxConcurrency: number;

  constructor(scope: Construct, id: string, { data, maxConcurrency }: RetryPathProps) {
    super(scope, id);
    this.maxConcurrency = maxConcurrency;
    // Messages here were acknowledged to their senders: they outlive a mistaken `cdk destroy` as the tables do.
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...data.queue,
      // Longer than the source queue's: a message keeps its age when SQS moves it.
      retentionPeriod: Duration.days(queueRetentionDays.deadLetter),
    });
    this.retryQueue = new Queue(this, 'RetryQueue', {
      ...data.queue,
      retentionPeriod: Duration.days(queueRetentionDays.retry),
      visibilityTimeout: Duration.seconds(retryQueueVisibilitySeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: retryQueueMaxReceiveCount },
    });
    Validations.of(this.deadLetterQueue).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'This is the dead letter queue: an alarm watches it, and it has no successor.',
    });
  }

  /**
   * Lets `retry` process the queue. No filter: Lambda deletes messages that match no filter, and each one was acknowledged. The mapping
   * grants nothing; the function's entry has its permissions.
   */
  deliverTo(retry: IFunction): EventSourceMapping {
    const mapping = new EventSourceMapping(this, 'Delivery', {
      target: retry,
      eventSourceArn: this.retryQueue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: this.maxConcurrency,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason:
        'On-failure destinations are for streams; a failed SQS message stays in the queue, and then becomes a dead letter.',
    });
    return mapping;
  }
}
