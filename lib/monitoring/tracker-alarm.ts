import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { runbookAnchor } from './alarm-definition';
import type { AlarmDefinition } from './alarm-definition';

/** An alarm as every alarm of the tracker is: it says what is lost and what to do, and when it is over. */
export class TrackerAlarm extends Alarm {
  constructor(scope: Construct, definition: AlarmDefinition, topic: ITopic) {
    super(scope, definition.id, {
      alarmName: `${Stack.of(scope).stackName}-${definition.id}`,
      alarmDescription: describe(definition),
      metric: definition.metric,
      threshold: definition.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      datapointsToAlarm: definition.periods.breaching,
      evaluationPeriods: definition.periods.of,
      // No data means no traffic: each of these measures harm done, and none is the pulse of something that must beat.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(topic);
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}

function describe(definition: AlarmDefinition): string {
  const { urgency, usersLose, notAffected, firstCommand } = definition;
  return [
    `${urgency.toUpperCase()}. ${usersLose}`,
    `Not affected: ${notAffected}`,
    `First: ${firstCommand}`,
    `Runbook: docs/runbook.md#${runbookAnchor(definition)}`,
  ].join('\n');
}
