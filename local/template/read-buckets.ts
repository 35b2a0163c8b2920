import { StartupFailure } from '../failure';
import { readStatements } from '../iam/policy';
import type { BucketModel } from './model';
import type { ServedResources } from './resources';

/** Properties that are served, or have no effect on requests: here nothing expires, is encrypted or public, and no version is kept. */
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

/** Reads buckets with the Deny statements of their policies. Rejects by name a setting that would change requests. */
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
