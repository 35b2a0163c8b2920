import { Duration, TimeZone } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { FunctionSchedule } from './function-schedule';

/** Props of `Watchdog`. */
export interface WatchdogProps {
  readonly watchdog: IFunction;
}

/** Some minutes after the hour: what came at its end is in the log by then. */
const minuteOfHour = '5';

/** How long EventBridge may try to hand a run over. Past it there is no use: the next one counts what it would have. */
const usefulFor = Duration.minutes(30);

/** Runs the watchdog once an hour. Lambda itself runs it twice more, a minute and two later, where it fails. */
export class Watchdog extends Construct {
  constructor(scope: Construct, id: string, { watchdog }: WatchdogProps) {
    super(scope, id);
    new FunctionSchedule(this, 'Schedule', {
      description: 'Counts the postbacks of the last hour, and tells which integrations have stopped sending.',
      expression: ScheduleExpression.cron({ minute: minuteOfHour, timeZone: TimeZone.ETC_UTC }),
      target: watchdog,
      retryAttempts: 2,
      maxEventAge: usefulFor,
    });
  }
}
