import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, synthesized } from '../lib/synthesized';

const page = readFileSync(join(repository, 'docs', 'deploy.md'), 'utf8').replaceAll('\n', ' ');
const [, teardown = ''] = /`kept\.txt` lists what stays: ([^:]*)\./.exec(page) ?? [];

/** What CloudFormation keeps of a destroyed prod, by logical ID without hash, and its words on the page. */
const kept: Readonly<Record<string, string>> = {
  TablesConfig: '`Config`',
  TablesClicks: '`Clicks`',
  TablesConversions: '`Conversions`',
  TablesPostbackLog: '`PostbackLog`',
  FactsTable: 'tables `Config`, `Clicks`, `Conversions`, `PostbackLog`, of facts',
  OutboundTable: 'and of deliveries',
  FactsBucket: 'the bucket of facts',
  MasterSecret: 'the master secret',
  RetryPathRetryQueue: 'the retry queue',
  RetryPathDeadLetterQueue: 'each with its dead letters',
  OutboundQueue: 'the queue of deliveries',
  OutboundDeadLetterQueue: 'each with its dead letters',
};

test('docs/deploy.md names every table, bucket, queue and secret that a destroyed prod leaves', () => {
  const types = ['DynamoDB::GlobalTable', 'S3::Bucket', 'SQS::Queue', 'SecretsManager::Secret'];
  const retained = types
    .flatMap((type) => Object.entries(synthesized('prod').resources(`AWS::${type}`)))
    .filter(([, { DeletionPolicy }]) => DeletionPolicy !== 'Delete')
    .map(([logicalId]) => logicalId.replace(/[0-9A-F]{8}$/, ''));

  expect(retained.toSorted()).toEqual(Object.keys(kept).toSorted());
  expect(Object.values(kept).filter((words) => !teardown.includes(words))).toEqual([]);
});
