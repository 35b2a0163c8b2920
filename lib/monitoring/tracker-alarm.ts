import { Stack } from 'aws-cdk-lib';
import { Alarm, AlarmRule, ComparisonOperator, CompositeAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmBase, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { runbookAnchor } from './alarm-definition';
import type { AlarmDefinition, AlarmWording, CompositeDefinition, Severity } from './alarm-definition';

/** An alarm with the tracker's defaults: it states the loss and the action, and notifies when it ends. */
export class TrackerAlarm extends Alarm {
  constructor(scope: Construct, definition: AlarmDefinition, topic: ITopic | undefined, runbook?: string) {
    super(scope, definition.id, {
      alarmName: nameOf(scope, definition),
      alarmDescription: describe(definition, definition.severity, runbook),
      metric: definition.metric,
      threshold: definition.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      datapointsToAlarm: definition.periods.breaching,
      evaluationPeriods: definition.periods.of,
      // Missing data mean no traffic, except for a pulse, where they are a separate state. A new stack begins in it and pages nobody;
      // only a pulse that stops does.
      treatMissingData: definition.silenceRings === true ? TreatMissingData.MISSING : TreatMissingData.NOT_BREACHING,
    });
    if (topic === undefined) return;
    ringAt(this, topic);
    if (definition.silenceRings === true) this.addInsufficientDataAction(new SnsAction(topic));
  }
}

/** A composite of several alarms that notifies once. */
export class TrackerCompositeAlarm extends CompositeAlarm {
  constructor(
    scope: Construct,
    definition: CompositeDefinition,
    topic: ITopic,
    groups: readonly (readonly IAlarm[])[],
    runbook?: string,
  ) {
    super(scope, definition.id, {
      compositeAlarmName: nameOf(scope, definition),
      alarmDescription: describe(definition, definition.severity, runbook),
      alarmRule: AlarmRule.anyOf(...groups.map((group) => AlarmRule.allOf(...group))),
    });
    ringAt(this, topic);
  }
}

function nameOf(scope: Construct, { id }: AlarmWording): string {
  return `${Stack.of(scope).stackName}-${id}`;
}

function ringAt(alarm: AlarmBase, topic: ITopic): void {
  const action = new SnsAction(topic);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
}

/** @param runbook URL of the runbook, from the stage. @default its path in this repository */
function describe(wording: AlarmWording, severity: Severity | undefined, runbook = 'docs/runbook.md'): string {
  const { usersLose, notAffected, names, firstCommand } = wording;
  return [
    `${(severity ?? 'part').toUpperCase()}. ${usersLose}`,
    `Not affected: ${notAffected}`,
    ...(names === undefined ? [] : [`Which: ${names}`]),
    `First: ${firstCommand}`,
    `Runbook: ${runbook}#${runbookAnchor(wording)}`,
  ].join('\n');
}
