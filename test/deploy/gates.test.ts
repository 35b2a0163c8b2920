import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, type Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { addNagPacks } from '../../lib/nag-packs';
import { buildStages } from '../../lib/tracker-app';
import { root } from '../e2e/assembly';

jest.setTimeout(60_000);

/** The app as `cdk synth` runs it, but for its bundles. */
function app(): App {
  const { context }: { readonly context: object } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  return new App({ context: { ...context, 'aws:cdk:bundling-stacks': [], stage: 'prod' } });
}

test('a synth is stopped by the validator and by each pack of rules, and says by which rule', () => {
  const faulty = app();
  buildStages(faulty).forEach(breakIn);
  addNagPacks(faulty);
  const report = messageOf(() => faulty.synth());
  expect(report).toContain('CloudFormation-Validate::F3002');
  expect(report).toContain('AwsSolutions::AwsSolutions-SNS3');
  expect(report).toContain('Tracker::queue-consumer');
  expect(report).toContain('Serverless::Serverless-CloudWatchLogGroupRetentionPeriod');
});

/** One mistake for each of them. */
const breakIn = (stack: Stack): readonly Construct[] => [
  new CfnResource(stack, 'Misspelt', { type: 'AWS::SQS::Queue', properties: { Visibility: 30 } }),
  new Topic(stack, 'WithoutTls'),
  new Queue(stack, 'Forgotten', { deadLetterQueue: { queue: new Queue(stack, 'Dead'), maxReceiveCount: 5 } }),
  new LogGroup(stack, 'ForEver', { retention: RetentionDays.INFINITE }),
];

/** What is thrown, in words; nothing where nothing is. */
function messageOf(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    return String(error);
  }
}
