import * as v from 'valibot';
import { emit } from '../../adapters/metrics';
import type { HeldLetter } from '../../adapters/dead-letter-queue';
import { StorageFailure } from '../../adapters/storage-failure';
import { notBlank } from '../../domain/configuration/fields';
import { describeMessage } from '../../domain/queue/described-message';
import { adminJson, notFound, type Answer } from '../http/answer';
import { field, type Shown } from '../http/answer-schema';
import { readBodyFields } from '../http/body';
import { defaultLimit, noParameters, parameter, readQueryParameters, type QuerySchema } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

const kinds = ['postback', 'click', 'log', 'unknown'] as const;
/** Letters that one redrive moves at most. */
const maximumRedrive = 1000;

const limitText = `must be a whole number from 1 to ${maximumRedrive}`;

export const deadLettersQuery = { limit: parameter.limit } as const satisfies QuerySchema;

export const redriveSchema = v.strictObject({
  filter: v.optional(
    v.strictObject({
      reason: v.optional(
        v.pipe(v.string('must be a text'), v.trim(), v.nonEmpty('must not be empty'), v.metadata(notBlank)),
      ),
      kind: v.optional(v.picklist(kinds, `must be one of ${kinds.join(', ')}`)),
      messageIds: v.optional(v.array(v.string('must be a text'), 'must be a list of messageId')),
    }),
    {},
  ),
  limit: v.optional(
    v.pipe(v.number(limitText), v.integer(limitText), v.minValue(1, limitText), v.maxValue(maximumRedrive, limitText)),
    maximumRedrive,
  ),
});

const deadLetter = v.strictObject({
  messageId: v.string(),
  kind: v.picklist(kinds),
  reason: v.pipe(
    v.string(),
    v.examples(['STORAGE_REFUSED', 'MESSAGE_UNREADABLE', 'FUNCTION_DIED', 'RECEIVED_TOO_OFTEN']),
  ),
  problem: v.optional(v.string()),
  requestId: v.optional(v.string()),
  receivedAt: v.optional(v.string()),
  firstFailedAt: field.time,
  lastFailedAt: v.optional(field.time),
  ageSeconds: field.count,
  receiveCount: field.count,
  raw: v.optional(v.pipe(v.string(), v.description('The request, secrets masked'))),
});

/** One letter, with all that it shows of itself. */
export const deadLetterAnswer = v.strictObject({
  ...deadLetter.entries,
  method: v.optional(v.string()),
  path: v.optional(v.string()),
  integration: v.optional(v.pipe(v.string(), v.description('As which its sender was authenticated'))),
  batchId: v.optional(v.string()),
});

export const deadLettersAnswer = v.strictObject({
  items: v.array(deadLetter),
  more: v.pipe(v.boolean(), v.description('Whether there is, or may be, more than was shown')),
});

export const redriveAnswer = v.strictObject({
  redriven: field.count,
  left: v.pipe(field.count, v.description('Seen, and left where they are')),
  more: v.boolean(),
  notDeleted: v.optional(v.pipe(field.count, v.description('In both queues for now: tried, and seen here again'))),
  notSent: v.optional(v.pipe(field.count, v.description('Not taken by the retry queue'))),
});

type Filter = v.InferOutput<typeof redriveSchema>['filter'];

/**
 * Returns the messages that the retry function, or SQS itself, gave up on. A queue has no order and no pages: `more` means that not all are
 * shown. Each letter is returned immediately, and reading it only adds to its count.
 */
export async function getDeadLetters(request: RoutedRequest, services: Services): Promise<Answer> {
  const { limit } = readQueryParameters(request, deadLettersQuery);
  const { deadLetters } = services.queues();
  const { wanted, others, more } = await deadLetters.hold(limit ?? defaultLimit, () => true, request.deadline);
  await deadLetters.giveBack([...wanted, ...others], request.deadline);
  const oldestFirst = [...wanted].sort((left, right) => left.firstFailedAt - right.firstFailedAt);
  return adminJson(200, {
    items: oldestFirst.map((letter) => letterView(letter, request.now)),
    more,
  } satisfies Shown<typeof deadLettersAnswer>);
}

function letterView(letter: HeldLetter, now: number): Shown<typeof deadLetter> {
  const { messageId, reason, firstFailedAt, lastFailedAt, receiveCount } = letter;
  const { kind, requestId, receivedAt, raw } = describeMessage(letter.body);
  return {
    messageId,
    kind,
    reason: codeOf(reason),
    ...(codeOf(reason) !== reason && { problem: reason.slice(codeOf(reason).length + 1).trim() }),
    requestId,
    receivedAt,
    firstFailedAt: new Date(firstFailedAt).toISOString(),
    ...(lastFailedAt !== undefined && { lastFailedAt: new Date(lastFailedAt).toISOString() }),
    ageSeconds: Math.max(0, Math.round((now - firstFailedAt) / 1000)),
    receiveCount,
    raw,
  };
}

/** Looks at one letter, and gives it back as it was. */
export async function getDeadLetter(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const { letter, giveBack } = await holdOne(request, services);
  await giveBack();
  return adminJson(200, letterPage(letter, request.now));
}

/**
 * Deletes one letter for good, and answers what it was: for what no version can read, or nobody wants tried again. A click or a postback
 * that was acknowledged is lost with it, so that the function's log says who did it and which request it was.
 */
export async function deleteDeadLetter(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const { deadLetters } = services.queues();
  const { letter } = await holdOne(request, services);
  if ((await deadLetters.delete([letter], request.deadline)) === 0)
    throw new StorageFailure('deleting a dead letter', undefined);
  const page = letterPage(letter, request.now);
  const { requestId, author } = request;
  const { messageId, kind, reason, requestId: lost } = page;
  emit(
    {},
    { requestId, author, deletedLetter: messageId, kind, reason, ...(lost !== undefined && { lostRequest: lost }) },
  );
  return adminJson(200, page);
}

async function holdOne(request: RoutedRequest, services: Services) {
  const { deadLetters } = services.queues();
  const isMeant = ({ messageId }: HeldLetter): boolean => messageId === request.id;
  const { wanted, others, more } = await deadLetters.hold(1, isMeant, request.deadline);
  await deadLetters.giveBack(others, request.deadline);
  const [letter] = wanted;
  if (letter === undefined) {
    const next = more
      ? 'The queue is long: ask again.'
      : 'It may be in the hands of somebody else: ask again in half a minute.';
    throw notFound(`There is no dead letter ${request.id}. ${next}`);
  }
  return { letter, giveBack: () => deadLetters.giveBack(wanted, request.deadline) };
}

function letterPage(letter: HeldLetter, now: number): Shown<typeof deadLetterAnswer> {
  const { method, path, integration, batchId } = describeMessage(letter.body);
  return { ...letterView(letter, now), method, path, integration, batchId };
}

/** `MESSAGE_UNREADABLE: its click row does not read` → `MESSAGE_UNREADABLE` */
function codeOf(reason: string): string {
  return reason.split(':', 1)[0] ?? reason;
}

/**
 * Moves letters back to be tried again: each is sent before it is deleted, so that a crash tries one twice, which judgement recognises, and
 * loses none. All are received before the first is sent: one that fails again immediately is not moved a second time.
 */
export async function redriveDeadLetters(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const { filter, limit } = readBodyFields(
    '{"filter": {reason?, kind?, messageIds?}, "limit"?}',
    request.body,
    redriveSchema,
  );
  const { deadline } = request;
  const { deadLetters, retryQueue } = services.queues();
  const { wanted, others, more } = await deadLetters.hold(limit, (letter) => passes(letter, filter), deadline);
  const bodies = wanted.map(({ body }) => body);
  const notQueued = new Set(await retryQueue.sendAll(bodies, deadline));
  const sent = wanted.filter((_, index) => !notQueued.has(index));
  const left = [...others, ...wanted.filter((_, index) => notQueued.has(index))];
  const [deleted] = await Promise.all([deadLetters.delete(sent, deadline), deadLetters.giveBack(left, deadline)]);
  return adminJson(200, {
    redriven: sent.length,
    left: left.length,
    more,
    // In both queues for now: they will be tried, and seen here again.
    ...(deleted < sent.length && { notDeleted: sent.length - deleted }),
    ...(notQueued.size > 0 && { notSent: notQueued.size }),
  } satisfies Shown<typeof redriveAnswer>);
}

function passes({ messageId, reason, body }: HeldLetter, filter: Filter): boolean {
  const reasons = [reason, codeOf(reason)];
  return (
    (filter.reason === undefined || reasons.includes(filter.reason)) &&
    (filter.messageIds === undefined || filter.messageIds.includes(messageId)) &&
    (filter.kind === undefined || filter.kind === describeMessage(body).kind)
  );
}
