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
  /**
   * How often EventBridge retries to invoke the function. It invokes asynchronously: Lambda retries a run that fails.
   */
  readonly retryAttempts: number;
  /** For how long EventBridge retries: after this the next run does the work. At least a minute. */
  readonly maxEventAge: Duration;
}

/**
 * Runs a function by the clock, in UTC. The function gets `{"time": "2026-11-30T12:05:00Z"}`: when the run was due. A run that cannot be
 * handed over is kept nowhere, since the next one does its work.
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
