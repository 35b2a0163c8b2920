import { Annotations } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metric } from '../../lambdas/contract';
import { accessLogMetric } from './access-log-metrics';
import { monthlyAlarmCost } from './alarm-cost';
import type { AlarmCost } from './alarm-cost';
import type { AlarmDefinition, AlarmSubjects, CompositeDefinition } from './alarm-definition';
import type { AlarmTopics } from './alarm-topics';
import { capacityAlarms } from './capacity-alarms';
import { clicksUnserved } from './click-alarms';
import { deliveryAlarms } from './delivery-alarms';
import { objectiveAlarms } from './objective-alarms';
import { recordAlarms } from './record-alarms';
import { reportAlarms } from './report-alarms';
import { retryAlarms } from './retry-alarms';
import { senderAlarms } from './sender-alarms';
import { TrackerAlarm, TrackerCompositeAlarm } from './tracker-alarm';

/** The watchdog tells every hour; everything else is counted when it happens. */
const countedWithoutTraffic = 1;

/** Everything that calls for a person. One alarm is one decision, and has one section in docs/runbook.md. */
export class TrackerAlarms extends Construct {
  /** The alarms that look at metrics; the ID of each construct is the alarm's. */
  readonly all: readonly TrackerAlarm[];
  readonly composites: readonly TrackerCompositeAlarm[];
  readonly monthlyCost: AlarmCost;

  constructor(
    scope: Construct,
    id: string,
    private readonly subjects: AlarmSubjects,
    private readonly topics: AlarmTopics,
  ) {
    super(scope, id);
    const objectives = objectiveAlarms(subjects);
    const definitions = [
      clicksUnserved,
      senderAlarms,
      recordAlarms,
      retryAlarms,
      capacityAlarms,
      reportAlarms,
      deliveryAlarms,
    ].flatMap((define) => define(subjects));
    const { leaveOut = [] } = subjects.stage;
    this.all = [...definitions, ...objectives.flatMap(({ anyOf }) => anyOf.flat())]
      .filter((one) => !(leaveOut.includes('metricMathAlarms') && one.metric instanceof MathExpression))
      .map((one) => this.addAlarm(one));
    this.composites = leaveOut.includes('compositeAlarms') ? [] : objectives.map((one) => this.addComposite(one));
    this.monthlyCost = monthlyAlarmCost(this.all, this.composites.length, {
      all: Object.keys(metric).length + Object.keys(accessLogMetric).length,
      idle: countedWithoutTraffic,
    });
    Annotations.of(this).addInfo(this.costInWords());
  }

  private addAlarm(definition: AlarmDefinition): TrackerAlarm {
    const { severity } = definition;
    return new TrackerAlarm(
      this,
      definition,
      severity && this.topics.bySeverity[severity],
      this.subjects.stage.runbookUrl,
    );
  }

  private addComposite(definition: CompositeDefinition): TrackerCompositeAlarm {
    return new TrackerCompositeAlarm(
      this,
      definition,
      this.topics.bySeverity[definition.severity],
      definition.anyOf.map((group) => group.map(({ id }) => this.named(id))),
      definition.heldBackBy && this.named(definition.heldBackBy.id),
      this.subjects.stage.runbookUrl,
    );
  }

  private named(id: string): IAlarm {
    const found = this.node.findChild(id);
    if (found instanceof TrackerAlarm || found instanceof TrackerCompositeAlarm) return found;
    throw new Error(`${id} is no alarm`);
  }

  private costInWords(): string {
    const { metrics, alarms, idleMetrics, customMetrics } = this.monthlyCost;
    const dollars = (amount: number) => `$${amount.toFixed(2)}`;
    return (
      `${this.all.length} alarms on ${metrics} metrics and ${this.composites.length} composite alarms cost ${dollars(alarms)} a month ` +
      `at list price; custom metrics cost ${dollars(idleMetrics)} without traffic, and ${dollars(customMetrics)} in a month in which all have data.`
    );
  }
}
