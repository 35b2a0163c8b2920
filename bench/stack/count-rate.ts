import * as v from 'valibot';
import { writeClick } from '../../lambdas/adapters/clicks-table';
import { sampleClickId } from '../../lambdas/domain/click/click-id';
import { readAssembly } from '../../local/assembly/read-assembly';
import type { StackModel } from '../../local/template/model';
import { readStack } from '../../local/template/read-stack';
import { startLocalStack, type LocalStack } from '../../test/e2e/local-stack';
import { callBundle } from './call-bundle';
import { reportedClicks } from './reported-clicks';

/** The cost of counting where a shard has as many changes as one call of Lambda carries. */
export interface CountRate {
  readonly clicks: number;
  /** Changes of one call: as many as an event has room for. */
  readonly batch: number;
  /** CPU of a core for one call, the median. */
  readonly cpuMilliseconds: number;
  /** Write units of the table of facts for one call: the position and the object, in one transaction. */
  readonly writeUnits: number;
  /** By how many clicks the report differs from what was fed in. */
  readonly drift: number;
}

/** Lambda's limit for an event, less the parts around the records. */
const payloadBytes = 6 * 1024 * 1024 - 64 * 1024;
const campaign = 'counted';

/** Feeds so many clicks of one campaign to the count function, whose storage is a local stack under its own permissions. */
export async function countRate(assembly: string, atLeast: number): Promise<CountRate> {
  const stack = await startLocalStack({ assembly });
  try {
    const { queues } = await stack.health();
    const gatewayUrl = new URL(queues[0]?.url ?? '').origin;
    const model = readStack(readAssembly(assembly), gatewayUrl);
    const record = recordOf(model);
    const batchSize = Math.min(
      batchSizeOf(model),
      Math.floor(payloadBytes / Buffer.byteLength(JSON.stringify(record))),
    );
    const batches = Math.ceil(atLeast / batchSize);
    await stack.forgetOperations();
    const took = await feed(model, gatewayUrl, { record, clickId: sampleClickId, batches, batchSize });
    const clicks = batches * batchSize;
    return {
      clicks,
      batch: batchSize,
      cpuMilliseconds: Math.round(took.toSorted((one, other) => one - other)[Math.floor(took.length / 2)] ?? 0),
      writeUnits: (await writeUnitsOf(stack)) / batches,
      drift: (await reportedClicks(stack.url, { filter: `campaign:${campaign}` })).total - clicks,
    };
  } finally {
    await stack.remove();
  }
}

function batchSizeOf({ streamSources }: StackModel): number {
  return streamSources.find((source) => source.function.label === 'FunctionsCount')?.batchSize ?? 0;
}

/** A click with a source, three subs, a cost and another parameter, as the stream carries it. */
function recordOf({ streamSources }: StackModel): Readonly<Record<string, unknown>> {
  const source = streamSources.find(({ table }) => table.label.endsWith('Clicks'));
  if (source === undefined) throw new Error('The template counts no clicks.');
  const now = Date.now();
  const click = writeClick({
    clickId: sampleClickId,
    campaign,
    integration: campaign,
    offer: 'main',
    source: 'news',
    subs: { sub1: 'brand-keyword', sub2: 'banner-300x250', sub3: 'placement-4711' },
    cost: '0.042',
    parameters: { utm_campaign: 'autumn-sale' },
    truncated: false,
    test: false,
    bot: false,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36',
    visitor: '0123456789abcdef',
    ipPrefix: '203.0.113.0/24',
    clickedAt: now,
    expiresAt: Math.floor(now / 1000) + 120 * 86_400,
  });
  return {
    eventID: '0123456789abcdef0123456789abcdef',
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(now / 1000),
      Keys: { clickId: { S: sampleClickId } },
      NewImage: click,
      SequenceNumber: String(10n ** 24n),
      SizeBytes: 600,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: source.streamArn,
  };
}

async function feed(stack: StackModel, gatewayUrl: string, given: object): Promise<readonly number[]> {
  return v.parse(v.array(v.number()), await callBundle('feed-count.mjs', 'FunctionsCount', stack, gatewayUrl, given));
}

async function writeUnitsOf(stack: LocalStack): Promise<number> {
  const own = (await stack.operations()).filter(
    ({ function: name, service, target }) =>
      name === 'FunctionsCount' && service === 'dynamodb' && target.endsWith('FactsTable'),
  );
  return own.reduce((sum, { writeUnits }) => sum + writeUnits, 0);
}
