import { Duration, TimeZone } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { FunctionSchedule } from './function-schedule';

/** Props of `Watchdog`. */
export interface WatchdogProps {
  readonly watchdog: IFunction;
}

/** Some minutes after the hour, when the log has the requests of its end. */
const minuteOfHour = '5';

/** Maximum age of EventBridge's retry: later, the next run counts the same hours. */
const usefulFor = Duration.minutes(30);

/** Runs the watchdog once an hour. Lambda retries a failed run twice, after a minute and after two more. */
export class Watchdog extends Construct {
  constructor(scope: Construct, id: string, { watchdog }: WatchdogProps) {
    super(scope, id);
    new FunctionSchedule(this, 'Schedule', {
      description: 'Counts the postbacks of the last hour, and reports which integrations have stopped sending.',
      expression: ScheduleExpression.cron({ minute: minuteOfHour, timeZone: TimeZone.ETC_UTC }),
      target: watchdog,
      retryAttempts: 2,
      maxEventAge: usefulFor,
    });
  }
}
