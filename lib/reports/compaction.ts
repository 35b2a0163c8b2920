import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { FunctionSchedule } from '../function-schedule';

/** Props of `Compaction`. */
export interface CompactionProps {
  readonly compact: IFunction;
}

/** Half of what a report may name objects of comes together in hours; this is often enough by far. */
const every = Duration.minutes(15);

/** Puts facts together every quarter of an hour. A run that fails is not tried again: the next one does what it would have. */
export class Compaction extends Construct {
  constructor(scope: Construct, id: string, { compact }: CompactionProps) {
    super(scope, id);
    new FunctionSchedule(this, 'Schedule', {
      description: 'Puts the objects of counted facts together.',
      expression: ScheduleExpression.rate(every),
      target: compact,
      retryAttempts: 0,
      maxEventAge: every,
    });
  }
}
