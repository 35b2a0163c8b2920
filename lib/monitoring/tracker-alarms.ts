import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmDefinition, AlarmSubjects, CompositeDefinition } from './alarm-definition';
import type { AlarmTopics } from './alarm-topics';
import { capacityAlarms } from './capacity-alarms';
import { clicksUnserved } from './click-alarms';
import { deliveryAlarms } from './delivery-alarms';
import { objectiveAlarms, postbacksFailingSlowly } from './objective-alarms';
import { recordAlarms } from './record-alarms';
import { reportAlarms } from './report-alarms';
import { retryAlarms } from './retry-alarms';
import { senderAlarms } from './sender-alarms';
import { TrackerAlarm, TrackerCompositeAlarm } from './tracker-alarm';

/** All alarms. One alarm is one decision, and has one section in docs/runbook.md. */
export class TrackerAlarms extends Construct {
  /** Metric alarms, by construct ID. */
  readonly all: readonly TrackerAlarm[];
  readonly composites: readonly TrackerCompositeAlarm[];

  constructor(
    scope: Construct,
    id: string,
    subjects: AlarmSubjects,
    private readonly topics: AlarmTopics,
    private readonly runbookUrl: string | undefined,
  ) {
    super(scope, id);
    const objectives = objectiveAlarms(subjects);
    const definitions = [
      postbacksFailingSlowly,
      clicksUnserved,
      senderAlarms,
      recordAlarms,
      retryAlarms,
      capacityAlarms,
      reportAlarms,
      deliveryAlarms,
    ].flatMap((define) => define(subjects));
    this.all = [...definitions, ...objectives.flatMap(({ anyOf }) => anyOf.flat())].map((one) => this.addAlarm(one));
    this.composites = objectives.map((one) => this.addComposite(one));
  }

  private addAlarm(definition: AlarmDefinition): TrackerAlarm {
    const { severity } = definition;
    return new TrackerAlarm(this, definition, severity && this.topics.bySeverity[severity], this.runbookUrl);
  }

  private addComposite(definition: CompositeDefinition): TrackerCompositeAlarm {
    return new TrackerCompositeAlarm(
      this,
      definition,
      this.topics.bySeverity[definition.severity],
      definition.anyOf.map((group) => group.map(({ id }) => this.named(id))),
      this.runbookUrl,
    );
  }

  private named(id: string): IAlarm {
    const found = this.node.findChild(id);
    if (found instanceof TrackerAlarm || found instanceof TrackerCompositeAlarm) return found;
    throw new Error(`${id} is no alarm`);
  }
}
