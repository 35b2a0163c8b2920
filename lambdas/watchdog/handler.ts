import type { Context } from 'aws-lambda';
import * as v from 'valibot';
import { deadlineAt } from '../adapters/deadline';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { readExpectedSenders } from '../adapters/expected-senders';
import { emit } from '../adapters/metrics';
import { postbackCounts } from '../adapters/postback-counts';
import { watchTable } from '../adapters/watch-table';
import * as metric from '../counters';
import { catchUp, type WatchStores } from './catch-up';
import { silenceLine } from './silence-line';
import { unconfirmedLine } from './unconfirmed-line';
import { unreadLine } from './unread-line';

/** Nobody waits for it, and a table that slows readers down is read again. */
const attempts = 6;
const client = dynamoDbClient(attempts);
const configTable = requireEnvironment('configTable');
const postbackLogTable = requireEnvironment('postbackLogTable');

const stores: WatchStores = {
  expectedSenders: (deadline) => readExpectedSenders(client, configTable, deadline),
  counts: postbackCounts(client, postbackLogTable),
  watches: watchTable(client, postbackLogTable),
  logRetentionDays: requireEnvironmentNumber('postbackLogRetentionDays'),
};

/** A further hour is begun only while at least this much time is left. */
const hourMilliseconds = 120_000;

const eventSchema = v.object({ time: v.optional(v.pipe(v.string(), v.isoTimestamp())) });

/**
 * Runs once an hour. Counts and names integrations that are silent, have unread amounts, or have reports that no server confirms. Throws if
 * it could not count up to now: Lambda tries twice more from where it ended, and the alarm also rings for runs whose every try fails.
 */
export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  // An event that comes late, or again, is about the time it was made for.
  const { time } = v.parse(eventSchema, event);
  const now = time === undefined ? Date.now() : Math.min(Date.now(), Date.parse(time));
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - 1000);
  const found = await catchUp(stores, now, deadline, () => deadline.remaining() < hourMilliseconds);

  for (const { integration } of found.forgotten) {
    const what = `${integration} was silent for a week: its habit is forgotten, and its silence no longer reported`;
    emit({}, { level: 'WARN', what, integration });
  }
  const [next] = found.left;
  const fields = { hours: found.counted.length, expected: found.expected, neverHeard: found.neverHeard };
  if (next !== undefined) {
    const what = `there was no time for ${found.left.length} more hours, from ${next}: the next run goes on there`;
    emit({}, { level: 'WARN', what, ...fields });
    throw new Error(what);
  }
  for (const watch of found.silent) emit({}, silenceLine(watch));
  for (const { integration, amounts } of found.unread) emit({}, unreadLine(integration, amounts));
  for (const watch of found.unconfirmed) emit({}, unconfirmedLine(watch));
  const [silent, unread, unconfirmed] = [found.silent.length, found.unread.length, found.unconfirmed.length];
  const sum = silent + unread + unconfirmed;
  // A number that is mostly 0 would be paid for each hour: Lambda's own count of errors shows that a run ended well.
  emit(sum > 0 ? { [metric.silentIntegrations]: sum } : {}, { ...fields, silent, unread, unconfirmed });
}
