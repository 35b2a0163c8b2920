import {
  type CloudWatchClient,
  DescribeAlarmContributorsCommand,
  paginateDescribeAlarms,
  type AlarmContributor,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { alarmsToShow, isRinging, ringingAlarm } from '../../../operator/status/alarm';
import type { RingingAlarm } from '../../../operator/status/picture';

interface WatchedAlarms {
  readonly alarms: readonly RingingAlarm[];
  readonly watched: number;
}

/** Reads the alarms of a stack: their number, and those that ring. */
export async function readAlarms(client: CloudWatchClient, stack: string): Promise<WatchedAlarms> {
  const alarms: RingingAlarm[] = [];
  let watched = 0;
  const asked = { AlarmNamePrefix: `${stack}-`, AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of paginateDescribeAlarms({ client }, asked)) {
    for (const alarm of [...MetricAlarms, ...CompositeAlarms]) {
      watched++;
      if (isRinging(alarm)) alarms.push(ringingAlarm(stack, alarm, await contributorsOf(client, alarm)));
    }
  }
  return { alarms: alarmsToShow(alarms), watched };
}

/** The names for which an alarm on a query rings. An identity that may not ask for them gets the alarm without names. */
async function contributorsOf(client: CloudWatchClient, alarm: MetricAlarm): Promise<readonly string[]> {
  const { AlarmName, Metrics = [] } = alarm;
  if (!Metrics.some(({ Expression = '' }) => Expression.includes('GROUP BY'))) return [];
  const found: AlarmContributor[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client
      .send(new DescribeAlarmContributorsCommand({ AlarmName, NextToken }))
      .catch(() => undefined);
    found.push(...(page?.AlarmContributors ?? []));
    NextToken = page?.NextToken;
  } while (NextToken !== undefined);
  return found.flatMap(({ ContributorAttributes = {} }) => Object.values(ContributorAttributes));
}
