import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeClick } from '../../lambdas/adapters/clicks-table';
import { sampleClickId } from '../../lambdas/domain/click/click-id';
import { readAssembly } from '../../local/assembly/read-assembly';
import { environmentVariablesOf } from '../../local/lambda/environment-variables';
import type { StackModel } from '../../local/template/model';
import { readStack } from '../../local/template/read-stack';
import { startLocalStack, type LocalStack } from '../../test/e2e/local-stack';
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

async function feed({ functions }: StackModel, gatewayUrl: string, given: object): Promise<readonly number[]> {
  const model = functions.find(({ label }) => label === 'FunctionsCount');
  if (model === undefined) throw new Error('The template has no function that counts.');
  const child = fork(join(__dirname, 'feed-count.mjs'), [join(model.assetDirectory, 'index.mjs')], {
    env: environmentVariablesOf(model, gatewayUrl, '127.0.0.1:9', 'bench'),
    execArgv: [],
    // Log lines are written, and nobody reads them.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const heard = (): Promise<unknown> =>
    Promise.race([
      once(child, 'message').then(([message]: unknown[]) => message),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`Counting ended with ${String(code)}`))),
    ]);
  await heard();
  const answer = heard();
  child.send(given);
  return v.parse(v.array(v.number()), await answer);
}

async function writeUnitsOf(stack: LocalStack): Promise<number> {
  const own = (await stack.operations()).filter(
    ({ function: name, service, target }) =>
      name === 'FunctionsCount' && service === 'dynamodb' && target.endsWith('FactsTable'),
  );
  return own.reduce((sum, { writeUnits }) => sum + writeUnits, 0);
}
