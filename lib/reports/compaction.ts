import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { FunctionSchedule } from '../function-schedule';

/** Props of `Compaction`. */
export interface CompactionProps {
  readonly compact: IFunction;
}

/** Compaction is due when half of a report's maximum objects exist, which takes hours: this is often enough. */
const every = Duration.minutes(15);

/** Compacts facts every quarter of an hour. A failed run is not retried here: the next one does its work. */
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
