/** Facts that no template contains and no machine here can measure. Each is a parameter of the model, with the reason for its value. */
export interface Assumptions {
  /** Milliseconds that an invocation is billed, in place of what follows from its CPU: `REPORT` lines of a real account show it. */
  readonly billedMilliseconds?: number;
  /** Milliseconds that one round trip to DynamoDB takes from Lambda. */
  readonly roundTripMilliseconds: number;
  /** Milliseconds that cold starts add to an invocation on average: 1% of them at 400 ms. */
  readonly coldStartMilliseconds: number;
  /** Milliseconds that a scheduled function is billed: it asks several tables before it says anything. */
  readonly scheduledMilliseconds: number;
  /** Milliseconds of one that runs each minute, and so is warm: it asks an index for what is due, shard beside shard, and finds nothing. */
  readonly sweepMilliseconds: number;
  /** Shards of a table's stream, each of which is counted separately: a new table on demand begins with these. */
  readonly shardsPerStream: number;
  /** Milliseconds that counting one window of a shard is billed. */
  readonly countingMilliseconds: number;
  /** Milliseconds until a traffic source has answered, with resolving its name and TLS. */
  readonly sourceMilliseconds: number;
  /** Milliseconds of processor time that a delivery takes in each of its two functions, on the share of a core that their memory buys. */
  readonly deliveryCpuMilliseconds: number;
  /**
   * Bytes that leave AWS for one request to a traffic source: 1.9 kB with the handshake of TLS 1.3, measured on the wire for a URL of 250
   * characters, and the headers of eleven packets.
   */
  readonly outboundBytes: number;
  /** Months for which what has no time to live is counted in a price per million. */
  readonly monthsKeptForGood: number;
}

export const assumed: Assumptions = {
  roundTripMilliseconds: 5,
  coldStartMilliseconds: 4,
  scheduledMilliseconds: 1000,
  sweepMilliseconds: 100,
  shardsPerStream: 4,
  countingMilliseconds: 200,
  sourceMilliseconds: 250,
  deliveryCpuMilliseconds: 5,
  outboundBytes: 2500,
  monthsKeptForGood: 12,
};

export const hoursPerMonth = 730;
export const secondsPerMonth = hoursPerMonth * 3600;
export const daysPerMonth = hoursPerMonth / 24;

/** AWS bills storage and logs by 2^30 bytes. */
export const gigabyte = 1024 ** 3;

/** DynamoDB counts this much beside each item. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export const itemOverheadBytes = 100;

/** CloudWatch Logs counts this much beside each line. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const lineOverheadBytes = 26;

/** Lambda asks an idle queue with five pollers, each of which waits 20 s. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
export const idlePollsPerMonth = (5 * secondsPerMonth) / 20;

/** Most requests of SQS that Lambda makes for one delivery: it receives the message and deletes it, alone. */
export const queueRequestsPerDelivery = 2;

/** Count, 4xx, 5xx, latency, integration latency, data processed. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export const metricsPerRoute = 6;
