import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** What `Watchdog` needs. */
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
    const hourly = new Rule(this, 'Hourly', {
      description: 'Counts the postbacks of the last hour, and tells which integrations have stopped sending.',
      schedule: Schedule.cron({ minute: minuteOfHour }),
      targets: [new LambdaFunction(watchdog, { retryAttempts: 2, maxEventAge: usefulFor })],
    });
    Validations.of(hourly).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason:
        'A run that did not happen is made up for by the next one, and missed by its alarm: there is nothing to keep.',
    });
  }
}
