import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { monthlyAlarmCost } from './alarm-cost';
import type { AlarmSubjects } from './alarm-definition';
import { AlarmTopic } from './alarm-topic';
import { clickAlarms } from './click-alarms';
import { platformAlarms } from './platform-alarms';
import { postbackAlarms } from './postback-alarms';
import { retryAlarms } from './retry-alarms';
import { TrackerAlarm } from './tracker-alarm';

/** Everything that calls for a person. One alarm is one decision, and has one section in docs/runbook.md. */
export class TrackerAlarms extends Construct {
  /** Where all of them ring, and ring off. */
  readonly topic: AlarmTopic;
  readonly all: readonly TrackerAlarm[];
  /** Dollars a month, at list price. */
  readonly monthlyCost: number;

  constructor(scope: Construct, id: string, subjects: AlarmSubjects) {
    super(scope, id);
    this.topic = new AlarmTopic(this, 'Topic', subjects.stage);
    this.all = [clickAlarms, postbackAlarms, retryAlarms, platformAlarms]
      .flatMap((define) => define(subjects))
      .map((definition) => new TrackerAlarm(this, definition, this.topic));
    const { metrics, dollars } = monthlyAlarmCost(this.all);
    this.monthlyCost = dollars;
    Annotations.of(this).addInfo(
      `${this.all.length} alarms on ${metrics} metrics cost $${dollars.toFixed(2)} a month at list price.`,
    );
  }
}
