import { Duration, Validations } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { factsPrefix, tableKey } from '../../lambdas/contract';
import { removalPolicyOf } from '../removal-policy';
import type { StageConfiguration } from '../stage-configuration';

/** What `FactStore` needs. */
export interface FactStoreProps {
  readonly stage: StageConfiguration;
  /** @default keys of AWS */
  readonly key?: IKey | undefined;
}

/** Days that the answer to a query is kept: long enough to fetch it again, and to see what was asked. */
const resultDays = 3;

/** What reports are made of: rows in Parquet objects, and a table that says which objects count and how far each stream was read. */
export class FactStore extends Construct {
  readonly table: TableV2;
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage, key }: FactStoreProps) {
    super(scope, id);
    const removalPolicy = removalPolicyOf(stage);
    this.table = new TableV2(this, 'Table', {
      billing: Billing.onDemand(),
      partitionKey: { name: tableKey.facts.partition, type: AttributeType.STRING },
      sortKey: { name: tableKey.facts.sort, type: AttributeType.STRING },
      timeToLiveAttribute: tableKey.facts.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.pointInTimeRecovery },
      deletionProtection: stage.deletionProtection,
      ...(key && { encryption: TableEncryptionV2.customerManagedKey(key) }),
      removalPolicy,
    });
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // Each object is written once under a unique key and never overwritten, so that there are no versions to keep.
      versioned: false,
      ...(key
        ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      lifecycleRules: [
        { id: 'results', prefix: factsPrefix.results, expiration: Duration.days(resultDays) },
        { id: 'uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only functions of this stack read and write here, by names that the table of facts lists; CloudTrail logs data events where a team wants them.',
    });
  }
}
