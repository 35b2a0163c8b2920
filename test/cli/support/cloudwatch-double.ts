import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';

export interface DescribedAlarm {
  readonly AlarmName: string;
  readonly StateValue: 'OK' | 'ALARM';
  readonly AlarmDescription?: string;
  readonly Metrics?: readonly { readonly Id: string; readonly Expression: string }[];
}

/** CloudFormation and CloudWatch of one stack on a loopback port, in the protocols that the SDK speaks to each. */
export interface CloudWatchDouble {
  readonly url: string;
  /** Answered one a page, so that whoever reads the first page only is found out. */
  alarms: readonly DescribedAlarm[];
  /** Sources for which an alarm rings, by its name, answered one a page; an alarm that is not here is denied. */
  contributors: Readonly<Record<string, readonly string[]>>;
  /** Newest values of metrics: by `Stage/Name` for counters and `Queue/Name` for queues; all others have no data. */
  values: Readonly<Record<string, number>>;
  /** An error of CloudWatch, by its code. */
  error: string | undefined;
  /** Operations in the order in which they came, with the prefix of alarms that was asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

const stack = {
  tags: { stage: 'prod' },
  resources: [
    ['RetryPathRetryQueue1A', 'AWS::SQS::Queue', 'https://sqs.eu-west-1.amazonaws.com/1/Tracker-Retry'],
    ['RetryPathDeadLetterQueue2B', 'AWS::SQS::Queue', 'https://sqs.eu-west-1.amazonaws.com/1/Tracker-Dead'],
    ['OutboundDeadLetterQueue3C', 'AWS::SQS::Queue', 'https://sqs.eu-west-1.amazonaws.com/1/Tracker-Outbound-Dead'],
    ['FunctionsPostback41FCB3A9', 'AWS::Lambda::Function', 'Tracker-Postback'],
    ['ApiHttp5D', 'AWS::ApiGatewayV2::Api', 'api1'],
  ],
};

export async function startCloudWatchDouble(): Promise<CloudWatchDouble> {
  const server = createServer((request, response) => {
    void answerTo(request).then(({ status, type, body }) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const double: CloudWatchDouble = {
    url: `http://127.0.0.1:${port}`,
    alarms: [],
    contributors: {},
    values: {},
    error: undefined,
    asked: [],
    close: async () => void (await once(server.close(), 'close')),
  };

  async function answerTo(request: IncomingMessage): Promise<{ status: number; type: string; body: string }> {
    const body = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '');
    if (target === '') return { status: 200, type: 'text/xml', body: formationAnswer(new URLSearchParams(body)) };
    const operation = target.slice(target.indexOf('.') + 1);
    const type = 'application/x-amz-json-1.0';
    if (double.error !== undefined) {
      double.asked.push(operation);
      const message = `not allowed: ${operation}`;
      return { status: 400, type, body: JSON.stringify({ __type: double.error, message }) };
    }
    if (operation === 'DescribeAlarmContributors') return contributorsPage(body, type);
    const answer = operation === 'DescribeAlarms' ? alarmsPage(body) : metricData(body);
    return { status: 200, type, body: JSON.stringify(answer) };
  }

  const page = v.object({ AlarmNamePrefix: v.string(), NextToken: v.optional(v.string(), '0') });

  function alarmsPage(body: string): object {
    const { AlarmNamePrefix, NextToken } = v.parse(page, JSON.parse(body));
    double.asked.push(`DescribeAlarms ${AlarmNamePrefix}`);
    const at = Number(NextToken);
    const more = at + 1 < double.alarms.length;
    return {
      MetricAlarms: double.alarms.slice(at, at + 1),
      CompositeAlarms: [],
      ...(more && { NextToken: String(at + 1) }),
    };
  }

  const contributorPage = v.object({ AlarmName: v.string(), NextToken: v.optional(v.string(), '0') });

  function contributorsPage(body: string, type: string): { status: number; type: string; body: string } {
    const { AlarmName, NextToken } = v.parse(contributorPage, JSON.parse(body));
    double.asked.push(`DescribeAlarmContributors ${AlarmName}`);
    const sources = double.contributors[AlarmName];
    if (sources === undefined) return { status: 400, type, body: JSON.stringify({ __type: 'AccessDeniedException' }) };
    const at = Number(NextToken);
    const AlarmContributors = sources
      .slice(at, at + 1)
      .map((Source) => ({ ContributorId: String(at), ContributorAttributes: { Source }, StateReason: 'over' }));
    const more = at + 1 < sources.length && { NextToken: String(at + 1) };
    return { status: 200, type, body: JSON.stringify({ AlarmContributors, ...more }) };
  }

  const query = v.object({
    Id: v.pipe(v.string(), v.regex(/^[a-z]\w*$/)),
    MetricStat: v.object({
      Metric: v.object({
        Namespace: v.string(),
        MetricName: v.string(),
        Dimensions: v.tuple([v.object({ Name: v.string(), Value: v.string() })]),
      }),
      Period: v.literal(60),
      Stat: v.picklist(['Sum', 'Maximum']),
    }),
  });

  function metricData(body: string): object {
    const { MetricDataQueries } = v.parse(v.object({ MetricDataQueries: v.array(query) }), JSON.parse(body));
    double.asked.push('GetMetricData');
    const minuteAgo = Math.floor(Date.now() / 1000) - 60;
    const results = MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
      const value = double.values[`${Metric.Dimensions[0].Value}/${Metric.MetricName}`];
      return { Id, Timestamps: value === undefined ? [] : [minuteAgo], Values: value === undefined ? [] : [value] };
    });
    return { MetricDataResults: results };
  }
  return double;
}

const namespace = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"';

/** Resources come one a page, where AWS has a hundred: a caller that reads the first page only misses the rest. */
function formationAnswer(asked: URLSearchParams): string {
  const members = (list: readonly string[]): string => list.map((inner) => `<member>${inner}</member>`).join('');
  if (asked.get('Action') === 'ListStackResources') {
    const at = Number(asked.get('NextToken') ?? 0);
    const resources = stack.resources
      .slice(at, at + 1)
      .map(
        ([id, type, physical]) =>
          `<LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType><PhysicalResourceId>${physical}</PhysicalResourceId><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-11-23T12:00:00Z</LastUpdatedTimestamp>`,
      );
    return `<ListStackResourcesResponse ${namespace}><ListStackResourcesResult><StackResourceSummaries>${members(resources)}</StackResourceSummaries>${at + 1 < stack.resources.length ? `<NextToken>${at + 1}</NextToken>` : ''}</ListStackResourcesResult></ListStackResourcesResponse>`;
  }
  const tags = Object.entries(stack.tags).map(([key, value]) => `<Key>${key}</Key><Value>${value}</Value>`);
  const described = `<StackName>any</StackName><CreationTime>2026-11-23T12:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Tags>${members(tags)}</Tags>`;
  return `<DescribeStacksResponse ${namespace}><DescribeStacksResult><Stacks>${members([described])}</Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}
