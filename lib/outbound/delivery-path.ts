import { Duration, Validations } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, TableV2, type Attribute } from 'aws-cdk-lib/aws-dynamodb';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  deliveryIndex,
  deliveryQueueMaxReceiveCount,
  deliveryQueueVisibilitySeconds,
  queueRetentionDays,
  tableKey,
} from '../../lambdas/contract';
import type { DataPolicy } from '../data-policy';

/** Props of `DeliveryPath`. */
export interface DeliveryPathProps {
  readonly data: DataPolicy;
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** Storage of outbound postbacks: a row of each, and a queue of those that are due. */
export class DeliveryPath extends Construct {
  readonly table: TableV2;
  readonly queue: Queue;
  /** Dead letters of the deliver function. */
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { data }: DeliveryPathProps) {
    super(scope, id);
    const { due, bySource } = deliveryIndex;
    this.table = new TableV2(this, 'Table', {
      ...data.table,
      partitionKey: text(tableKey.deliveries.partition),
      sortKey: text(tableKey.deliveries.sort),
      timeToLiveAttribute: tableKey.deliveries.timeToLive,
      // Keys alone: the index is written when a delivery is created, and when it begins or ends to wait.
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
    });
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...data.queue,
      retentionPeriod: Duration.days(queueRetentionDays.deadLetter),
    });
    this.queue = new Queue(this, 'Queue', {
      ...data.queue,
      retentionPeriod: Duration.days(queueRetentionDays.retry),
      visibilityTimeout: Duration.seconds(deliveryQueueVisibilitySeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: deliveryQueueMaxReceiveCount },
    });
    Validations.of(this.deadLetterQueue).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'This is the dead letter queue: an alarm watches it, and it has no successor.',
    });
  }

  indexArn(index: keyof typeof deliveryIndex): string {
    return `${this.table.tableArn}/index/${deliveryIndex[index].name}`;
  }
}
