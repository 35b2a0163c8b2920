import { Duration, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueRetentionDays, retryQueueMaxReceiveCount, retryQueueVisibilitySeconds } from '../lambdas/contract';
import { removalPolicyOf } from './removal-policy';
import type { StageConfiguration } from './stage-configuration';

/** What `RetryPath` needs. */
export interface RetryPathProps {
  readonly stage: StageConfiguration;
  /** @default the key that SQS owns */
  readonly key?: IKey | undefined;
}

/** Where a click or postback waits that was promised to its sender and could not be stored yet. */
export class RetryPath extends Construct {
  /** Tried again and again by the retry function, with growing pauses. */
  readonly retryQueue: Queue;
  /** What was given up on, with its reason. Somebody must look: each message is a click or a conversion. */
  readonly deadLetterQueue: Queue;
  private readonly stage: StageConfiguration;

  constructor(scope: Construct, id: string, { stage, key }: RetryPathProps) {
    super(scope, id);
    this.stage = stage;
    const common = {
      enforceSSL: true,
      ...(key
        ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
        : { encryption: QueueEncryption.SQS_MANAGED }),
      // Messages here were acknowledged to their senders: they must outlive a mistaken `cdk destroy` as the tables do.
      removalPolicy: removalPolicyOf(stage),
    };
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...common,
      // Longer than the source queue's: a message keeps the age it came with when SQS moves it.
      retentionPeriod: Duration.days(queueRetentionDays.deadLetter),
    });
    this.retryQueue = new Queue(this, 'RetryQueue', {
      ...common,
      retentionPeriod: Duration.days(queueRetentionDays.retry),
      visibilityTimeout: Duration.seconds(retryQueueVisibilitySeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: retryQueueMaxReceiveCount },
    });
    Validations.of(this.deadLetterQueue).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'This is the dead letter queue itself: an alarm watches it, and nothing comes after it.',
    });
  }

  /**
   * Lets `retry` work the queue. No filter: a message that matches no filter is deleted, and each one is a promise.
   * The mapping grants nothing; the function's permissions are in function-access.ts with all others.
   */
  deliverTo(retry: IFunction): EventSourceMapping {
    const mapping = new EventSourceMapping(this, 'Delivery', {
      target: retry,
      eventSourceArn: this.retryQueue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: this.stage.retryMaxConcurrency,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason:
        'On-failure destinations are for streams; a failed SQS message stays in the queue, and then is dead-lettered.',
    });
    return mapping;
  }
}
