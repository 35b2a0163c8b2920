import { StartupFailure } from '../failure';
import { readStatements } from '../iam/policy';
import type { BucketModel } from './model';
import type { ServedResources } from './resources';

/** Served, or without effect on what requests do: nothing expires, is encrypted or public here, and no version is kept. */
const knownProperties = [
  'BucketEncryption',
  'BucketName',
  'LifecycleConfiguration',
  'MetricsConfigurations',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'Tags',
  'VersioningConfiguration',
];

/** Buckets, with what their policies deny. A setting that would change what requests do is rejected by name. */
export function readBuckets(resources: ServedResources): BucketModel[] {
  const policies = resources.ofType('AWS::S3::BucketPolicy');
  return resources.ofType('AWS::S3::Bucket').map(({ logicalId, label, name, arn, properties }) => {
    const unknown = Object.keys(properties).find((property) => !knownProperties.includes(property));
    if (unknown !== undefined) {
      throw new StartupFailure(`The bucket ${logicalId} has ${unknown}, which the local stack does not do.`);
    }
    const own = policies.filter((policy) => policy.properties['Bucket'] === name);
    const statements = own.flatMap((policy) => readStatements(policy.properties['PolicyDocument'], policy.logicalId));
    return { logicalId, label, name, arn, denials: statements.filter(({ effect }) => effect === 'Deny') };
  });
}
