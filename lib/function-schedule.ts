import { Aws, Stack } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';

/** Props of `FunctionSchedule`. */
export interface FunctionScheduleProps {
  readonly description: string;
  readonly expression: ScheduleExpression;
  readonly target: IFunction;
  /** Retries of EventBridge's invocation. It is asynchronous: Lambda retries a failed run. */
  readonly retryAttempts: number;
  /** Maximum age of a retried invocation: later, the next run does the work. At least a minute. */
  readonly maxEventAge: Duration;
}

/**
 * Runs a function by the clock, in UTC, with its due time as input: `{"time": "2026-11-30T12:05:00Z"}`. A failed invocation goes to no
 * queue, since the next run does its work.
 */
export class FunctionSchedule extends Construct {
  constructor(scope: Construct, id: string, props: FunctionScheduleProps) {
    super(scope, id);
    const { description, expression, target, retryAttempts, maxEventAge } = props;
    const group = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: 'default',
    });
    // Without the condition a schedule of another account could name this role.
    const conditions = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group } };
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions }) });
    new Schedule(this, 'Resource', {
      description,
      schedule: expression,
      target: new LambdaInvoke(target, {
        role,
        input: ScheduleTargetInput.fromObject({ time: ContextAttribute.scheduledTime }),
        retryAttempts,
        maxEventAge,
      }),
    });
  }
}
