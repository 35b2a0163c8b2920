import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { EdgeGate } from './edge/edge-gate';
import { TrackingEdge } from './edge/tracking-edge';
import { DataPolicy } from './data-policy';
import { byFunction } from './functions';
import { GradualRelease } from './gradual-release';
import { IngestApi } from './ingest-api';
import { MasterSecret } from './master-secret';
import { Monitoring } from './monitoring/monitoring';
import { DeliveryPath } from './outbound/delivery-path';
import { Dispatching } from './outbound/dispatching';
import { Compaction } from './reports/compaction';
import { Counting } from './reports/counting';
import { FactStore } from './reports/fact-store';
import { ReportDatabase } from './reports/report-database';
import { RetryPath } from './retry-path';
import type { StageConfiguration } from './stage-configuration';
import { publicUrlOf } from './stage/address-settings';
import { settingsOf } from './stage/function-settings';
import { TrackerFunctions } from './tracker-functions';
import { TrackingDomains } from './tracking-domains';
import { TrackingTables } from './tracking-tables';
import { Watchdog } from './watchdog';

/** Props of `TrackerStack` beside the CDK's own. */
export interface TrackerStackProps extends StackProps {
  readonly stage: StageConfiguration;
}

/** The whole tracker of one stage. It connects the parts. */
export class TrackerStack extends Stack {
  /** The built-in stage whose rules apply here. */
  readonly like: StageConfiguration['like'];

  constructor(scope: Construct, id: string, { stage, ...props }: TrackerStackProps) {
    super(scope, id, {
      description: `Postback tracker, stage ${stage.name}`,
      terminationProtection: stage.deletionProtection,
      tags: { ...stage.tags, application: 'postback-tracker', stage: stage.name },
      env: { account: stage.account, region: stage.region },
      ...props,
    });
    this.like = stage.like;
    if (stage.like === 'prod' && stage.alarmTargets?.page === undefined) warnThatNobodyIsCalled(this, stage);
    const { name: stageName, domains = [] } = stage;
    const key = stage.kmsKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'Key', stage.kmsKeyArn);
    const data = new DataPolicy(stage, key);
    if (stage.permissionsBoundaryArn !== undefined) {
      const boundary = ManagedPolicy.fromManagedPolicyArn(this, 'Boundary', stage.permissionsBoundaryArn);
      PermissionsBoundary.of(this).apply(boundary);
    }
    const tables = new TrackingTables(this, 'Tables', { data, hotKeyInsights: stage.hotKeyInsights });
    const facts = new FactStore(this, 'Facts', { data });
    const { scanLimitMegabytes, windowSeconds, countryFile } = stage.reports;
    const { bucket } = facts;
    const reports = new ReportDatabase(this, 'Reports', { stageName, data, bucket, scanLimitMegabytes });
    const masterSecret = new MasterSecret(this, 'MasterSecret', { stageName, data });
    const retryPath = new RetryPath(this, 'RetryPath', { data, maxConcurrency: stage.retryMaxConcurrency });
    const deliveryPath = new DeliveryPath(this, 'Outbound', { data });
    const { byName: functions, live } = new TrackerFunctions(this, 'Functions', {
      stageName,
      data,
      settings: byFunction((one) => settingsOf(stage, one)),
      variables: {
        configCacheSeconds: String(stage.configCacheSeconds),
        postbackLogRetentionDays: String(stage.postbackLogRetentionDays),
        publicUrl: publicUrlOf(stage) ?? '',
        fallbackUrl: stage.fallbackUrl ?? '',
      },
      files: { countryFile },
      tables,
      facts,
      reports,
      retryPath,
      deliveryPath,
      masterSecret,
    });
    retryPath.deliverTo(live.retry);
    new Counting(this, 'Counting', { windowSeconds, tables, count: live.count });
    const { dispatch, deliver } = live;
    new Dispatching(this, 'Dispatching', { tables, path: deliveryPath, dispatch, deliver });
    new Compaction(this, 'Compaction', { compact: live.compact });
    new Watchdog(this, 'Watchdog', { watchdog: live.watchdog });
    const { memoryMegabytes, logLevel } = stage;
    const settings = { memoryMegabytes, logLevel };
    const gate = stage.edge && new EdgeGate(this, 'Gate', { stageName, data, settings });
    const { throttle, routeMetrics, executeApi } = stage;
    const ingest = new IngestApi(this, 'Ingest', {
      stageName,
      data,
      throttle,
      routeMetrics,
      executeApi,
      publicUrl: publicUrlOf(stage),
      functions: live,
      gate: gate?.authorizer,
    });
    if (stage.edge && gate) {
      new TrackingEdge(this, 'Edge', { stageName, domains, settings: stage.edge, ingest, key: gate.secret });
    } else new TrackingDomains(this, 'Domains', { domains, ingest });

    const { name, alarms: thresholds, alarmTargets: targets = {}, runbookUrl } = stage;
    const watched = { tables, retryPath, deliveryPath, functions, ingest };
    const { alarms, topics } = new Monitoring(this, 'Monitoring', {
      stage: { name, alarms: thresholds },
      targets,
      runbookUrl,
      data,
      ...watched,
    });
    new GradualRelease(this, 'Release', { release: stage.release, live, alarms: alarms.all });

    this.output('ClickUrl', `${ingest.baseUrl}/c/{campaign}`, 'Put this into the ad, with the name of a campaign.');
    this.output(
      'PostbackUrl',
      `${ingest.baseUrl}/postback?clickid={clickid}&amount={amount}&status=approved`,
      'Give this to the sender, in the macros of its own syntax and with its token.',
    );
    this.output(
      'AdminUrl',
      `${ingest.adminBaseUrl}/admin/v1`,
      'Requests must be signed by an AWS identity that may invoke it.',
    );
    this.output('PageTopicArn', topics.bySeverity.page.topicArn, 'What wakes somebody rings here.');
    this.output('TicketTopicArn', topics.bySeverity.ticket.topicArn, 'What waits for the morning rings here.');
    this.output('InfoTopicArn', topics.bySeverity.info.topicArn, 'What is worth knowing rings here.');
    this.output('DeadLetterQueueUrl', retryPath.deadLetterQueue.queueUrl, 'What the tracker gave up on waits here.');
  }

  private output(id: string, value: string, description: string): CfnOutput {
    return new CfnOutput(this, id, { value, description });
  }
}

/** Alarms of such a stage reach nobody. Every synth, diff and deployment warns of it. */
function warnThatNobodyIsCalled(stack: Stack, { name }: StageConfiguration): void {
  Annotations.of(stack).addWarningV2(
    'postback-tracker:nobody-is-called',
    `Stage "${name}" loses money or visitors without a report to anybody: alarmTargets.page is not set. ` +
      'Set it in bin/stages.ts, or to {} where somebody subscribes to the topic PageTopicArn by hand.',
  );
}
