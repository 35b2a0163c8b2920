import { Duration, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
  type Attribute,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  deliveryIndex,
  deliveryQueueMaxReceiveCount,
  deliveryQueueVisibilitySeconds,
  queueRetentionDays,
  tableKey,
} from '../../lambdas/contract';
import { removalPolicyOf } from '../removal-policy';
import type { StageConfiguration } from '../stage-configuration';

/** What `DeliveryPath` needs. */
export interface DeliveryPathProps {
  readonly stage: StageConfiguration;
  /** @default keys of AWS */
  readonly key?: IKey | undefined;
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** Where reports of conversions wait for their traffic sources: a row of each, and a queue of those whose time has come. */
export class DeliveryPath extends Construct {
  readonly table: TableV2;
  readonly queue: Queue;
  /** What the function that delivers could not even try. */
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { stage, key }: DeliveryPathProps) {
    super(scope, id);
    const removalPolicy = removalPolicyOf(stage);
    const { due, bySource } = deliveryIndex;
    this.table = new TableV2(this, 'Table', {
      billing: Billing.onDemand(stage.writeCeiling ? { maxWriteRequestUnits: stage.writeCeiling } : undefined),
      partitionKey: text(tableKey.deliveries.partition),
      sortKey: text(tableKey.deliveries.sort),
      timeToLiveAttribute: tableKey.deliveries.timeToLive,
      // Keys alone: an index is written where a delivery is made, and where one begins or ends to wait.
      globalSecondaryIndexes: [
        {
          indexName: due.name,
          partitionKey: text(due.partition),
          sortKey: { name: due.sort, type: AttributeType.NUMBER },
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: bySource.name,
          partitionKey: text(bySource.partition),
          sortKey: text(bySource.sort),
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.pointInTimeRecovery },
      deletionProtection: stage.deletionProtection,
      ...(key && { encryption: TableEncryptionV2.customerManagedKey(key) }),
      removalPolicy,
    });
    const common = {
      enforceSSL: true,
      ...(key
        ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
        : { encryption: QueueEncryption.SQS_MANAGED }),
      removalPolicy,
    };
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...common,
      retentionPeriod: Duration.days(queueRetentionDays.deadLetter),
    });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      retentionPeriod: Duration.days(queueRetentionDays.retry),
      visibilityTimeout: Duration.seconds(deliveryQueueVisibilitySeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: deliveryQueueMaxReceiveCount },
    });
    Validations.of(this.deadLetterQueue).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'This is the dead letter queue itself: an alarm watches it, and nothing comes after it.',
    });
  }

  indexArn(index: keyof typeof deliveryIndex): string {
    return `${this.table.tableArn}/index/${deliveryIndex[index].name}`;
  }
}
