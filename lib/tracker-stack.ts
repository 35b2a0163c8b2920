import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IngestApi } from './ingest-api';
import { MasterSecret } from './master-secret';
import { TrackerAlarms } from './monitoring/tracker-alarms';
import { TrackerDashboard } from './monitoring/tracker-dashboard';
import { TrackerMetrics } from './monitoring/tracker-metrics';
import { RetryPath } from './retry-path';
import type { StageConfiguration } from './stage-configuration';
import { TrackerFunctions } from './tracker-functions';
import { TrackingTables } from './tracking-tables';

/** What `TrackerStack` needs beside what every stack takes. */
export interface TrackerStackProps extends StackProps {
  readonly stage: StageConfiguration;
}

/** The whole tracker of one stage. Wires the parts together and decides nothing itself. */
export class TrackerStack extends Stack {
  readonly alarms: TrackerAlarms;
  readonly dashboard: TrackerDashboard;

  constructor(scope: Construct, id: string, { stage, ...props }: TrackerStackProps) {
    super(scope, id, {
      description: `Postback tracker, stage ${stage.name}`,
      terminationProtection: stage.deletionProtection,
      tags: { application: 'postback-tracker', stage: stage.name },
      ...props,
    });
    const tables = new TrackingTables(this, 'Tables', { stage });
    const masterSecret = new MasterSecret(this, 'MasterSecret', { stage });
    const retryPath = new RetryPath(this, 'RetryPath', { stage });
    const functions = new TrackerFunctions(this, 'Functions', { stage, tables, retryPath, masterSecret }).byName;
    retryPath.deliverTo(functions.retry);
    const ingest = new IngestApi(this, 'Ingest', { stage, functions });

    const metrics = new TrackerMetrics({ stage, tables, retryPath, functions, apiStage: ingest.apiStage });
    this.alarms = new TrackerAlarms(this, 'Alarms', { stage, metrics, tables, retryPath, functions });
    this.dashboard = new TrackerDashboard(this, 'Dashboard', { stage, metrics, alarms: this.alarms.all });

    this.output('ClickUrl', `${ingest.baseUrl}/c/{campaign}`, 'Put this into the ad, with the name of a campaign.');
    this.output(
      'PostbackUrl',
      `${ingest.baseUrl}/postback?clickid={clickid}&amount={amount}&status=approved`,
      'Give this to the sender, in the macros of its own syntax and with its token.',
    );
    this.output(
      'AdminUrl',
      `${ingest.baseUrl}/admin/v1`,
      'Requests must be signed by an AWS identity that may invoke it.',
    );
    this.output('AlarmTopicArn', this.alarms.topic.topicArn, 'Every alarm rings here; subscribe whoever is on call.');
    this.output('DeadLetterQueueUrl', retryPath.deadLetterQueue.queueUrl, 'What the tracker gave up on waits here.');
  }

  private output(id: string, value: string, description: string): CfnOutput {
    return new CfnOutput(this, id, { value, description });
  }
}
