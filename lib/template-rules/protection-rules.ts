import { tableKey } from '../../lambdas/contract';
import { listOf, objectOrEmpty, textOf } from '../../local/json';
import { type Rule, wholeStack } from './rule';
import type { Resource } from './template';

const tables = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'];
/** What holds data that cannot be had again. */
const precious = [...tables, 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::KMS::Key'];

/** The keys of visitors are thrown away on purpose: whatever keeps one could name a visitor. */
const isKept = ({ properties }: Resource): boolean =>
  !listOf(properties['KeySchema']).some(
    (key) => objectOrEmpty(key)['AttributeName'] === tableKey.visitorKeys.partition,
  );

/** By which policies it is kept. What a failed first deployment made is empty, and may go. */
const keeping = { DeletionPolicy: ['Retain', 'RetainExceptOnCreate'], UpdateReplacePolicy: ['Retain'] };

/** Settings that a global table has per region, and a table of one region beside its others. */
const replicasOf = (properties: Readonly<Record<string, unknown>>) =>
  properties['Replicas'] === undefined ? [properties] : listOf(properties['Replicas']).map(objectOrEmpty);

/** Of stages like prod: their data is money. */
export const protectionRules: readonly Rule[] = [
  {
    name: 'retention-policy',
    demands: 'What holds data outlives the stack, and its own replacement.',
    offences: ({ template, like }) =>
      (like === 'prod' ? template.ofType(...precious).filter(isKept) : []).flatMap(({ logicalId, definition }) =>
        Object.entries(keeping)
          .filter(([policy, kept]) => !kept.includes(textOf(definition[policy])))
          .map(([policy]) => ({ logicalId, message: `has the ${policy} ${textOf(definition[policy])}` })),
      ),
  },
  {
    name: 'deletion-protection',
    demands: 'DynamoDB refuses to delete a table.',
    offences: ({ template, like }) =>
      (like === 'prod' ? template.ofType(...tables).filter(isKept) : [])
        .filter(({ properties }) => !replicasOf(properties).every((one) => one['DeletionProtectionEnabled'] === true))
        .map(({ logicalId }) => ({ logicalId, message: 'may be deleted by anybody with the permission' })),
  },
  {
    name: 'point-in-time-recovery',
    demands: 'A table can be had again as it was at any second of the last 35 days.',
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
    demands: 'CloudFormation refuses to delete the stack.',
    offences: ({ like, terminationProtection }) =>
      like === 'prod' && !terminationProtection
        ? [{ logicalId: wholeStack, message: 'may be deleted by one command' }]
        : [],
  },
];
