import { RemovalPolicy } from 'aws-cdk-lib';
import { Billing, TableEncryptionV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { TablePropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroupProps } from 'aws-cdk-lib/aws-logs';
import { BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { BucketProps } from 'aws-cdk-lib/aws-s3';
import type { SecretProps } from 'aws-cdk-lib/aws-secretsmanager';
import type { TopicProps } from 'aws-cdk-lib/aws-sns';
import { QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { StageSettings } from './stage-settings';

/** Settings of a stage for everything that it stores. */
export type DataSettings = Pick<
  StageSettings,
  'removal' | 'deletionProtection' | 'pointInTimeRecovery' | 'writeCeiling' | 'logRetentionDays'
>;

/** Maximum message size in SQS. A sealed request of the largest body exceeds the 256 KiB limit of older queues. */
const maximumMessageBytes = 1_048_576;

/**
 * Encryption of stored data, and their fate when their stack is deleted: one policy for the whole stack, as properties of each kind of
 * resource.
 */
export class DataPolicy {
  /** @param key encrypts everything. @default keys that AWS owns */
  constructor(
    private readonly settings: DataSettings,
    readonly key: IKey | undefined,
  ) {}

  /** Whether a deleted stack leaves nothing behind. */
  get isDisposable(): boolean {
    return this.settings.removal === 'destroy';
  }

  /**
   * Data are retained, except by a stack whose first deployment fails: they are empty then, and each further attempt would leave another
   * set behind.
   */
  get removalPolicy(): RemovalPolicy {
    return this.isDisposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
  }

  /** A table that traffic writes to. */
  get table() {
    const { writeCeiling, pointInTimeRecovery, deletionProtection } = this.settings;
    return {
      billing: Billing.onDemand(writeCeiling === undefined ? undefined : { maxWriteRequestUnits: writeCeiling }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: pointInTimeRecovery },
      deletionProtection,
      ...(this.key && { encryption: TableEncryptionV2.customerManagedKey(this.key) }),
      removalPolicy: this.removalPolicy,
    } satisfies Partial<TablePropsV2>;
  }

  get queue() {
    return {
      enforceSSL: true,
      maxMessageSizeBytes: maximumMessageBytes,
      ...(this.key
        ? { encryption: QueueEncryption.KMS, encryptionMasterKey: this.key }
        : { encryption: QueueEncryption.SQS_MANAGED }),
      removalPolicy: this.removalPolicy,
    } satisfies QueueProps;
  }

  get bucket() {
    return {
      enforceSSL: true,
      ...(this.key
        ? { encryption: BucketEncryption.KMS, encryptionKey: this.key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      removalPolicy: this.removalPolicy,
    } satisfies BucketProps;
  }

  get secret() {
    return { ...this.encryptionKey, removalPolicy: this.removalPolicy } satisfies SecretProps;
  }

  get logGroup() {
    const { logRetentionDays: retention } = this.settings;
    return { retention, ...this.encryptionKey, removalPolicy: this.removalPolicy } satisfies LogGroupProps;
  }

  get topic() {
    return { enforceSSL: true, ...(this.key && { masterKey: this.key }) } satisfies TopicProps;
  }

  private get encryptionKey() {
    return this.key && { encryptionKey: this.key };
  }
}
