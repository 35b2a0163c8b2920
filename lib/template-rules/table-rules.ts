import { tableKey } from '../../lambdas/contract';
import { listOf, objectOrEmpty, textOf } from '../../local/json';
import type { Rule } from './rule';
import type { Resource, Template } from './template';

const indexKinds = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];

const tablesOf = (template: Template): readonly Resource[] =>
  template.ofType('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table');

const attributeNames = (list: unknown): readonly string[] =>
  listOf(list).map((entry) => textOf(objectOrEmpty(entry)['AttributeName']));

const indexesOf = ({ properties }: Resource): readonly unknown[] =>
  indexKinds.flatMap((kind) => listOf(properties[kind]));

/** Partition and sort key of a table and of each of its indexes. */
const keysOf = (table: Resource): readonly string[] => [
  ...attributeNames(table.properties['KeySchema']),
  ...indexesOf(table).flatMap((index) => attributeNames(objectOrEmpty(index)['KeySchema'])),
];

interface ContractKey {
  readonly partition: string;
  readonly sort?: string;
  readonly timeToLive?: string;
}

const contractKeys: readonly ContractKey[] = Object.values(tableKey);

/** The keys that the code expects of a table. */
const contractOf = ({ properties }: Resource): ContractKey | undefined => {
  const keys = attributeNames(properties['KeySchema']).join();
  return contractKeys.find(({ partition, sort }) => keys === [partition, ...(sort === undefined ? [] : [sort])].join());
};

export const tableRules: readonly Rule[] = [
  {
    name: 'table-keys',
    demands: 'The keys of a table are those that the code writes and reads.',
    offences: ({ template }) =>
      tablesOf(template)
        .filter((table) => contractOf(table) === undefined)
        .map(({ logicalId, properties }) => ({
          logicalId,
          message: `has the keys ${attributeNames(properties['KeySchema']).join(', ') || 'none'}, and no code knows them`,
        })),
  },
  {
    name: 'key-attributes',
    demands: 'A table defines exactly the attributes of its keys; DynamoDB rejects any other.',
    offences: ({ template }) =>
      tablesOf(template).flatMap((table) => {
        const { logicalId, properties } = table;
        const defined = attributeNames(properties['AttributeDefinitions']);
        const used = keysOf(table);
        return [
          ...used.filter((name) => !defined.includes(name)).map((name) => `has a key on ${name}, which is not defined`),
          ...defined.filter((name) => !used.includes(name)).map((name) => `defines ${name}, which no key uses`),
        ].map((message) => ({ logicalId, message }));
      }),
  },
  {
    name: 'secondary-index',
    demands:
      'No table but that of deliveries has a secondary index: it doubles each write, and a hot campaign throttles it.',
    offences: ({ template }) =>
      tablesOf(template)
        .filter((table) => indexesOf(table).length > 0 && contractOf(table) !== tableKey.deliveries)
        .map(({ logicalId }) => ({ logicalId, message: 'has a secondary index' })),
  },
  {
    name: 'time-to-live',
    demands: 'Rows expire only by the attribute of the code: without its conversion a duplicate is not recognised.',
    offences: ({ template }) =>
      tablesOf(template).flatMap((table) => {
        const { Enabled: enabled, AttributeName: name } = objectOrEmpty(table.properties['TimeToLiveSpecification']);
        const given = enabled === true ? textOf(name) : 'nothing';
        const expected = contractOf(table)?.timeToLive ?? 'nothing';
        if (given === expected) return [];
        return [{ logicalId: table.logicalId, message: `expires rows by ${given}, and the code by ${expected}` }];
      }),
  },
  {
    name: 'table-billing',
    demands: 'Every table is on demand: traffic that doubles in an hour is the normal case.',
    offences: ({ template }) =>
      tablesOf(template)
        .filter(({ properties }) => properties['BillingMode'] !== 'PAY_PER_REQUEST')
        .map(({ logicalId }) => ({ logicalId, message: 'has a fixed capacity' })),
  },
];
