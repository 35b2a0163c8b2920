import { Duration, Validations } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { factsPrefix, tableKey } from '../../lambdas/contract';
import type { DataPolicy } from '../data-policy';

/** Props of `FactStore`. */
export interface FactStoreProps {
  readonly data: DataPolicy;
}

/** Days that the answer to a query is kept, for reading it again and for inspecting the query. */
const resultDays = 3;

/** Storage of reports: rows in Parquet objects, and a table of the counting objects and of each stream's position. */
export class FactStore extends Construct {
  readonly table: TableV2;
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { data }: FactStoreProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      ...data.table,
      billing: Billing.onDemand(),
      partitionKey: { name: tableKey.facts.partition, type: AttributeType.STRING },
      sortKey: { name: tableKey.facts.sort, type: AttributeType.STRING },
      timeToLiveAttribute: tableKey.facts.timeToLive,
    });
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      ...data.bucket,
      // Each object is written once under a unique key and never overwritten, so that no versions are needed.
      versioned: false,
      lifecycleRules: [
        { id: 'results', prefix: factsPrefix.results, expiration: Duration.days(resultDays) },
        { id: 'uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only functions of this stack read and write here, and the table of facts lists the names; a team can log data events with CloudTrail.',
    });
  }
}
