import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** What `Compaction` needs. */
export interface CompactionProps {
  readonly compact: IFunction;
}

/** Half of what a report may name objects of comes together in hours; this is often enough by far. */
const every = Duration.minutes(15);

/** Puts facts together every quarter of an hour. A run that fails is not tried again: the next one does what it would have. */
export class Compaction extends Construct {
  constructor(scope: Construct, id: string, { compact }: CompactionProps) {
    super(scope, id);
    const rule = new Rule(this, 'QuarterHourly', {
      description: 'Puts the objects of counted facts together.',
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(compact, { retryAttempts: 0, maxEventAge: every })],
    });
    Validations.of(rule).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason: 'A run that did not happen is made up for by the next one: there is nothing to keep.',
    });
  }
}
