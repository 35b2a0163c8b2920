// Calls the handler of the count function with batches of new clicks of one shard, and sends back what each took of a core.
// node feed-count.mjs BUNDLE, with an IPC channel: { record, clickId, batches, batchSize } comes, [milliseconds, …] goes. Each record is
// like the given one, with an ID, a sequence number and a time of its own. Storage is that of a running stack.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';

const firstSequence = 10n ** 24n;

const [, , bundle] = process.argv;
const { handler } = await import(pathToFileURL(bundle).href);
const context = { getRemainingTimeInMillis: () => 60_000 };
const message = once(process, 'message');
process.send('ready');
const [{ record, clickId, batches, batchSize }] = await message;
const parts = JSON.stringify(record).split(clickId);
const took = [];
for (let batch = 0; batch < batches; batch++) {
  const Records = Array.from({ length: batchSize }, (_, at) => {
    const one = JSON.parse(parts.join(randomBytes(16).toString('hex')));
    one.dynamodb.SequenceNumber = String(firstSequence + BigInt(batch * batchSize + at));
    one.dynamodb.ApproximateCreationDateTime = Math.floor(Date.now() / 1000);
    return one;
  });
  const event = { Records, shardId: 'shardId-bench', eventSourceARN: record.eventSourceARN, state: {} };
  const before = process.cpuUsage();
  await handler(event, context);
  const { user, system } = process.cpuUsage(before);
  took.push((user + system) / 1000);
}
process.send(took, () => process.exit());
