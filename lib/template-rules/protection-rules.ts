import { tableKey } from '../../lambdas/contract';
import { listOf, objectOrEmpty, textOf } from '../../local/json';
import { type Rule, wholeStack } from './rule';
import type { Resource } from './template';

const tables = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'];
/** Types of resources with data that cannot be restored. */
const precious = [...tables, 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::KMS::Key'];

/** The keys of visitors are deleted on purpose: a kept one could identify a visitor. */
const isKept = ({ properties }: Resource): boolean =>
  !listOf(properties['KeySchema']).some(
    (key) => objectOrEmpty(key)['AttributeName'] === tableKey.visitorKeys.partition,
  );

/** The retaining policies. Data of a failed first deployment are empty, and may be deleted. */
const keeping = { DeletionPolicy: ['Retain', 'RetainExceptOnCreate'], UpdateReplacePolicy: ['Retain'] };

/** Settings that a global table has per region, and a table of one region on the top level. */
const replicasOf = (properties: Readonly<Record<string, unknown>>) =>
  properties['Replicas'] === undefined ? [properties] : listOf(properties['Replicas']).map(objectOrEmpty);

/** For stages like prod, whose data are money. */
export const protectionRules: readonly Rule[] = [
  {
    name: 'retention-policy',
    demands: 'A resource with data outlives the stack and its replacement.',
    offences: ({ template, like }) =>
      (like === 'prod' ? template.ofType(...precious).filter(isKept) : []).flatMap(({ logicalId, definition }) =>
        Object.entries(keeping)
          .filter(([policy, kept]) => !kept.includes(textOf(definition[policy])))
          .map(([policy]) => ({ logicalId, message: `has the ${policy} ${textOf(definition[policy])}` })),
      ),
  },
  {
    name: 'deletion-protection',
    demands: 'Every table has deletion protection.',
    offences: ({ template, like }) =>
      (like === 'prod' ? template.ofType(...tables).filter(isKept) : [])
        .filter(({ properties }) => !replicasOf(properties).every((one) => one['DeletionProtectionEnabled'] === true))
        .map(({ logicalId }) => ({ logicalId, message: 'may be deleted by anybody with the permission' })),
  },
  {
    name: 'point-in-time-recovery',
    demands: 'A table can be restored to any second of the last 35 days.',
    offences: ({ template, like }) =>
      (like === 'prod' ? template.ofType(...tables).filter(isKept) : [])
        .filter(
          ({ properties }) =>
            !replicasOf(properties).every(
              (one) => objectOrEmpty(one['PointInTimeRecoverySpecification'])['PointInTimeRecoveryEnabled'] === true,
            ),
        )
        .map(({ logicalId }) => ({ logicalId, message: 'cannot be restored to a point in time' })),
  },
  {
    name: 'termination-protection',
    demands: 'The stack has termination protection.',
    offences: ({ like, terminationProtection }) =>
      like === 'prod' && !terminationProtection
        ? [{ logicalId: wholeStack, message: 'may be deleted by one command' }]
        : [],
  },
];
