import * as v from 'valibot';
import { alarmMetrics, emittedWithoutPause, type AlarmMetrics } from './alarms';
import { accessLogBytes } from './access-log';
import { metricsOnDashboard } from './dashboard';
import { runsPerMonth } from './schedule';
import { referredIn, resourcesOf, type WrittenResource } from './resource';
import { isUnknown, type PricedType } from './resource-types';

export interface PricedFunction {
  readonly label: string;
  readonly memoryMegabytes: number;
  readonly arm: boolean;
}

/** The parts of a stack that cost money, read from its template. */
export interface Inventory {
  /** Types of the template that nobody has priced: a total beside one of these is too low. */
  readonly unpriced: readonly string[];
  readonly functions: readonly PricedFunction[];
  readonly provisioned: readonly (PricedFunction & { readonly environments: number })[];
  readonly scheduled: readonly (PricedFunction & { readonly runsPerMonth: number })[];
  readonly tables: readonly { readonly label: string; readonly recovery: boolean }[];
  readonly insightRules: number;
  readonly polledQueues: number;
  /** Streams that a function counts window by window. */
  readonly counted: readonly (PricedFunction & { readonly stream: string; readonly windowSeconds: number })[];
  readonly alarms: { readonly count: number } & AlarmMetrics;
  readonly compositeAlarms: number;
  /** Metrics of our own that have data though nothing happens. */
  readonly idleCustomMetrics: number;
  readonly dashboards: readonly { readonly metrics: number }[];
  readonly secrets: number;
  readonly keys: number;
  readonly zones: number;
  readonly routeMetrics: boolean;
  /** Bytes of the API's own log line, a typical request filled in. */
  readonly accessLogBytes: number;
  /** Metrics that filters make of log lines, without those that have data only when something is wrong. */
  readonly filteredMetrics: number;
  readonly logRetentionDays: number;
  readonly edge: { readonly webAcls: number; readonly webAclRules: number; readonly functions: number } | undefined;
}

export function inventoryOf(template: unknown): Inventory {
  const resources = resourcesOf(template);
  const ofType = (type: PricedType): readonly WrittenResource[] => resources.filter((one) => one.type === type);
  const functions = ofType('AWS::Lambda::Function');
  const functionIn = (value: unknown): PricedFunction | undefined => {
    const ids = reachedFrom(value, resources);
    const found = functions.find(({ logicalId }) => ids.has(logicalId));
    return found && pricedFunction(found);
  };
  const alarms = ofType('AWS::CloudWatch::Alarm');
  const tables = ofType('AWS::DynamoDB::GlobalTable').map(pricedTable);
  const distributions = ofType('AWS::CloudFront::Distribution');
  const webAcls = ofType('AWS::WAFv2::WebACL');
  return {
    unpriced: [...new Set(resources.map(({ type }) => type).filter(isUnknown))],
    functions: functions.map(pricedFunction),
    provisioned: ofType('AWS::Lambda::Alias').flatMap((alias) => {
      const { ProvisionedConcurrencyConfig: provisioned } = v.parse(aliasSchema, alias.properties);
      const called = functionIn(alias.properties['FunctionName']);
      if (provisioned === undefined || called === undefined) return [];
      return [{ ...called, environments: provisioned.ProvisionedConcurrentExecutions }];
    }),
    scheduled: ofType('AWS::Scheduler::Schedule').flatMap(({ properties }) => {
      const { ScheduleExpression: expression, State: state } = v.parse(scheduleSchema, properties);
      const called = functionIn(properties['Target']);
      if (expression === undefined || state === 'DISABLED' || called === undefined) return [];
      return [{ ...called, runsPerMonth: runsPerMonth(expression) }];
    }),
    tables: tables.map(({ label, recovery }) => ({ label, recovery })),
    insightRules: tables.reduce((sum, { insightRules }) => sum + insightRules, 0),
    // Lambda reads a stream for nothing.
    polledQueues: ofType('AWS::Lambda::EventSourceMapping').filter(
      ({ properties }) => properties['StartingPosition'] === undefined,
    ).length,
    counted: ofType('AWS::Lambda::EventSourceMapping').flatMap(({ label, properties }) => {
      const called = functionIn(properties['FunctionName']);
      const { TumblingWindowInSeconds: windowSeconds } = v.parse(mappingSchema, properties);
      if (called === undefined || windowSeconds === undefined) return [];
      return [{ ...called, stream: label.replace(/^Counting/, ''), windowSeconds }];
    }),
    alarms: { count: alarms.length, ...alarmMetrics(alarms) },
    compositeAlarms: ofType('AWS::CloudWatch::CompositeAlarm').length,
    idleCustomMetrics: emittedWithoutPause(alarms),
    dashboards: ofType('AWS::CloudWatch::Dashboard').map(({ properties }) => ({
      metrics: metricsOnDashboard(properties['DashboardBody']),
    })),
    secrets: ofType('AWS::SecretsManager::Secret').length,
    keys: ofType('AWS::KMS::Key').length,
    zones: ofType('AWS::Route53::HostedZone').length,
    routeMetrics: ofType('AWS::ApiGatewayV2::Stage').some(({ properties }) =>
      JSON.stringify(properties).includes('"DetailedMetricsEnabled":true'),
    ),
    accessLogBytes: ofType('AWS::ApiGatewayV2::Stage').reduce((sum, stage) => sum + accessLogBytes(stage), 0),
    filteredMetrics: ofType('AWS::Logs::MetricFilter').filter(({ properties }) =>
      JSON.stringify(properties).includes('"DefaultValue":'),
    ).length,
    logRetentionDays: Math.max(0, ...ofType('AWS::Logs::LogGroup').map(({ properties }) => retentionOf(properties))),
    edge:
      distributions.length === 0
        ? undefined
        : {
            webAcls: webAcls.length,
            webAclRules: webAcls.reduce(
              (sum, { properties }) => sum + v.parse(webAclSchema, properties).Rules.length,
              0,
            ),
            functions: ofType('AWS::CloudFront::Function').length,
          },
  };
}

const functionSchema = v.looseObject({
  MemorySize: v.optional(v.number(), 128),
  Architectures: v.optional(v.array(v.string()), ['x86_64']),
});
const aliasSchema = v.looseObject({
  ProvisionedConcurrencyConfig: v.optional(v.looseObject({ ProvisionedConcurrentExecutions: v.number() })),
});
const scheduleSchema = v.looseObject({ ScheduleExpression: v.optional(v.string()), State: v.optional(v.string()) });
const mappingSchema = v.looseObject({ TumblingWindowInSeconds: v.optional(v.number()) });
const webAclSchema = v.looseObject({ Rules: v.optional(v.array(v.unknown()), []) });
const replicaSchema = v.looseObject({
  PointInTimeRecoverySpecification: v.optional(v.looseObject({ PointInTimeRecoveryEnabled: v.boolean() })),
  ContributorInsightsSpecification: v.optional(v.looseObject({ Enabled: v.boolean(), Mode: v.optional(v.string()) })),
});
const tableSchema = v.looseObject({ KeySchema: v.array(v.unknown()), Replicas: v.tuple([replicaSchema]) });

function pricedFunction({ label, properties }: WrittenResource): PricedFunction {
  const { MemorySize, Architectures } = v.parse(functionSchema, properties);
  return { label, memoryMegabytes: MemorySize, arm: Architectures.includes('arm64') };
}

function pricedTable({ label, properties }: WrittenResource) {
  const { KeySchema: keys, Replicas: replicas } = v.parse(tableSchema, properties);
  const { PointInTimeRecoverySpecification: recovery, ContributorInsightsSpecification: insights } = replicas[0];
  // One rule for the partition key and one for the whole key; twice that where what is read is watched as well.
  const rules = insights?.Enabled === true ? keys.length * (insights.Mode === 'THROTTLED_KEYS' ? 1 : 2) : 0;
  return { label, recovery: recovery?.PointInTimeRecoveryEnabled === true, insightRules: rules };
}

/** Logical IDs that a value names, through aliases and versions. */
function reachedFrom(value: unknown, resources: readonly WrittenResource[]): ReadonlySet<string> {
  const direct = referredIn(value);
  const through = resources
    .filter(({ logicalId, type }) => direct.includes(logicalId) && type === 'AWS::Lambda::Alias')
    .flatMap(({ properties }) => referredIn(properties['FunctionName']));
  return new Set([...direct, ...through]);
}

function retentionOf(properties: WrittenResource['properties']): number {
  return v.parse(v.looseObject({ RetentionInDays: v.optional(v.number(), Infinity) }), properties).RetentionInDays;
}
