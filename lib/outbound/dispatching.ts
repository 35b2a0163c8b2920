import { Duration, Validations } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { FunctionSchedule } from '../function-schedule';
import { streamArn, type TrackingTables } from '../tracking-tables';
import type { DeliveryPath } from './delivery-path';

/** Props of `Dispatching`. */
export interface DispatchingProps {
  readonly tables: TrackingTables;
  readonly path: DeliveryPath;
  readonly dispatch: IFunction;
  readonly deliver: IFunction;
}

/** Maximum changes per invocation, which the function plans in parallel. */
const changesAtOnce = 100;
/** Ten requests each. Three of them call one source with many waiting deliveries (`turns.ts`); the others are for other sources. */
const functionsAtOnce = 10;
const sweepEvery = Duration.minutes(1);

/**
 * Plans deliveries when conversions change, queues due ones, and releases held ones. A failed change is retried, with all later ones of
 * its shard, until the stream drops it after a day.
 */
export class Dispatching extends Construct {
  constructor(scope: Construct, id: string, { tables, path, dispatch, deliver }: DispatchingProps) {
    super(scope, id);
    const changes = new EventSourceMapping(this, 'Conversions', {
      target: dispatch,
      eventSourceArn: streamArn(tables.conversions),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: changesAtOnce,
      reportBatchItemFailures: true,
    });
    const queue = new EventSourceMapping(this, 'Deliveries', {
      target: deliver,
      eventSourceArn: path.queue.queueArn,
      batchSize: 10,
      maxConcurrency: functionsAtOnce,
      reportBatchItemFailures: true,
    });
    Validations.of(changes).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'The stream repeats changes until they are dispatched, and an alarm rings long before they expire.',
    });
    Validations.of(queue).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason:
        'On-failure destinations are for streams; a failed SQS message stays in the queue, and then becomes a dead letter.',
    });
    new FunctionSchedule(this, 'Schedule', {
      description: 'Queues the deliveries whose time has come.',
      expression: ScheduleExpression.rate(sweepEvery),
      target: dispatch,
      retryAttempts: 0,
      maxEventAge: sweepEvery,
    });
  }
}
