import { type Fault, remove, replace, set, without } from './fault';

const alarm = { type: 'AWS::CloudWatch::Alarm', named: 'MonitoringAlarmsDeadLetterQueueNotEmpty' };
const counter = { type: 'AWS::CloudWatch::Alarm', named: 'MonitoringAlarmsLogRowsLost' };
const queried = { type: 'AWS::CloudWatch::Alarm', named: 'MonitoringAlarmsDeliveriesFailing' };
const topicPolicy = { type: 'AWS::SNS::TopicPolicy', named: 'MonitoringTopicsPage' };

export const alarmFaults: readonly Fault[] = [
  {
    title: 'an alarm that looks at 45 s',
    in: alarm,
    change: set('Properties.Period', 45),
    caughtBy: ['own rules', 'alarm-period'],
  },
  {
    title: 'an alarm that rings nowhere',
    in: alarm,
    change: without('Properties.AlarmActions'),
    caughtBy: ['own rules', 'alarm-action'],
  },
  {
    title: 'an alarm that can never ring',
    in: alarm,
    change: set('Properties.DatapointsToAlarm', 9),
    caughtBy: ['own rules', 'alarm-datapoints'],
  },
  {
    title: 'an alarm that does not say what silence means',
    in: alarm,
    change: without('Properties.TreatMissingData'),
    caughtBy: ['own rules', 'alarm-missing-data'],
  },
  {
    title: 'an alarm on a counter that nothing counts',
    in: counter,
    change: replace('"LogRowLost"', '"LogRowsLost"'),
    caughtBy: ['own rules', 'alarm-metric'],
  },
  {
    title: 'an alarm on a counter under another dimension',
    in: counter,
    change: replace('"Stage"', '"Function"'),
    caughtBy: ['own rules', 'alarm-metric'],
  },
  {
    title: 'an alarm that queries a counter under too few dimensions',
    in: queried,
    change: replace(', \\"Source\\")', ')'),
    caughtBy: ['own rules', 'alarm-metric'],
  },
  {
    title: 'an alarm on a query that does not order what it groups',
    in: queried,
    change: replace(' ORDER BY SUM() DESC', ''),
    caughtBy: ['own rules', 'alarm-query'],
  },
  {
    title: 'a topic that CloudWatch may not publish to',
    in: topicPolicy,
    change: replace('cloudwatch.amazonaws.com', 'events.amazonaws.com'),
    names: 'MonitoringTopicsPage',
    caughtBy: ['own rules', 'topic-publish'],
  },
  {
    title: 'a topic that takes messages without TLS',
    in: topicPolicy,
    change: remove,
    names: 'MonitoringTopicsPage',
    caughtBy: ['cdk-nag', 'AwsSolutions-SNS3'],
  },
];
