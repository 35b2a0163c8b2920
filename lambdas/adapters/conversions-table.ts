import {
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as pause } from 'node:timers/promises';
import { tableKey } from '../contract';
import { conversionKeyOf, type Conversion } from '../domain/conversion/conversion';
import { decide, firstEntry, ownEntry, withRepeat } from '../domain/conversion/decision';
import type { Claim, EntryReason } from '../domain/conversion/history';
import { readConversion, writeConversion } from './conversion-item';
import { abortSignal, type Deadline } from './deadline';
import { isConditionFailed, toItem, type Item } from './item';

const callMilliseconds = 1500;
/** Rounds of write, lose the race, decide anew. Past them the postback waits in the queue: nothing is lost, only later. */
const maximumRounds = 24;
const longestPauseMilliseconds = 200;

/** What a conversion is about, beside what the claim says. */
export type ConversionDraft = Pick<
  Conversion,
  'clickId' | 'event' | 'transactionId' | 'campaign' | 'integration' | 'source' | 'test'
>;

export interface Recorded {
  readonly reason: EntryReason;
  readonly conversion: Conversion;
  readonly historyFull: boolean;
  /** Whether the status is another one than before. */
  readonly statusChanged: boolean;
}

export interface ConversionsTable {
  /** Records a claim, exactly once however often it is tried. Throws where the table does not answer in time. */
  record(draft: ConversionDraft, claim: Claim, deadline: Deadline): Promise<Recorded>;
  /** What `record` would answer, without writing. */
  foresee(draft: ConversionDraft, claim: Claim, deadline: Deadline): Promise<Recorded>;
}

/** The conversion that a first claim of its key makes. */
export function newConversion(draft: ConversionDraft, claim: Claim, repeated = false): Conversion {
  const { entry, state } = firstEntry(claim);
  return {
    ...draft,
    ...state,
    conversionKey: conversionKeyOf({ ...draft, ...(repeated && { repeatOf: claim.requestId }) }),
    repeated,
    version: 1,
    recordedAt: claim.receivedAt,
    changedAt: claim.receivedAt,
    history: [entry],
  };
}

type Outcome = Recorded & { readonly write?: { readonly base: Conversion; readonly repeat?: Conversion } };

/** Decides what a claim makes of what is stored, and what is to be written for it. */
function outcomeOf(existing: Conversion | undefined, draft: ConversionDraft, claim: Claim): Outcome {
  if (existing === undefined) {
    const conversion = newConversion(draft, claim);
    return { reason: 'OK', conversion, historyFull: false, statusChanged: false, write: { base: conversion } };
  }
  const own = ownEntry(existing, claim);
  if (own !== undefined) return { reason: own.reason, conversion: existing, historyFull: false, statusChanged: false };
  if (existing.repeats?.some(({ requestId }) => requestId === claim.requestId) === true) {
    return { reason: 'OK', conversion: newConversion(draft, claim, true), historyFull: false, statusChanged: false };
  }
  const decision = decide(existing, claim);
  const { requestId, fingerprint, receivedAt } = claim;
  const base = { ...existing, version: existing.version + 1, changedAt: receivedAt };
  switch (decision.action) {
    case 'none':
      return {
        reason: decision.reason,
        conversion: existing,
        historyFull: decision.historyFull === true,
        statusChanged: false,
      };
    case 'append': {
      const conversion = { ...base, ...decision.state, history: decision.history };
      const statusChanged = conversion.status !== existing.status;
      return {
        reason: decision.entry.reason,
        conversion,
        historyFull: false,
        statusChanged,
        write: { base: conversion },
      };
    }
    case 'separate': {
      const repeat = { ...newConversion(draft, claim, true), repeated: decision.flagged };
      const marked = { ...base, repeats: withRepeat(existing.repeats, { requestId, fingerprint, receivedAt }) };
      return {
        reason: 'OK',
        conversion: repeat,
        historyFull: false,
        statusChanged: false,
        write: { base: marked, repeat },
      };
    }
  }
}

/** What a write met: it stands, or something else stands in its place. */
type WriteResult = { readonly stored: true } | { readonly stored: false; readonly found: Conversion | undefined };

export function conversionsTable(client: DynamoDBClient, tableName: string): ConversionsTable {
  const isNew = `attribute_not_exists(${tableKey.conversions.partition})`;
  const isTheVersionRead = '#version = :versionRead';

  /**
   * One conditional write. The SDK sends it again by itself where an answer is lost, so a failed condition may be our own doing: the
   * row that stands comes back with the failure, and the caller looks for its own request ID in it.
   *
   *   nothing there      → isNew holds            → stored
   *   the version we read → isTheVersionRead holds → stored
   *   anything newer     → the condition fails    → found, and decided anew
   */
  async function write(conversion: Conversion, deadline: Deadline): Promise<WriteResult> {
    try {
      await client.send(new PutItemCommand(conditionalPut(conversion)), {
        abortSignal: abortSignal(deadline, callMilliseconds),
      });
      return { stored: true };
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      return { stored: false, found: error.Item === undefined ? undefined : readConversion(error.Item) };
    }
  }

  /** A repeat that counts apart is written together with the mark of it on its key, or not at all. */
  async function writeRepeat(base: Conversion, repeat: Conversion, deadline: Deadline): Promise<WriteResult> {
    try {
      await client.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: conditionalPut(base) }, { Put: conditionalPut(repeat) }],
        }),
        { abortSignal: abortSignal(deadline, callMilliseconds) },
      );
      return { stored: true };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const [atBase, atRepeat] = error.CancellationReasons ?? [];
      // The repeat's key carries our request ID: whatever stands there we wrote, and the answer was lost.
      if (atRepeat?.Item !== undefined) return { stored: true };
      const found = atBase?.Item;
      // Two transactions at once on one key fail no condition: the next round begins anew, and finds what stands.
      return { stored: false, found: found === undefined ? undefined : readConversion(found) };
    }
  }

  function conditionalPut(conversion: Conversion) {
    const put = {
      TableName: tableName,
      Item: writeConversion(conversion),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    if (conversion.version === 1) return { ...put, ConditionExpression: isNew };
    return {
      ...put,
      ConditionExpression: isTheVersionRead,
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':versionRead': { N: String(conversion.version - 1) } },
    };
  }

  async function find(draft: ConversionDraft, deadline: Deadline): Promise<Conversion | undefined> {
    const key = { clickId: draft.clickId, conversionKey: conversionKeyOf(draft) };
    const answer: { Item?: Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: toItem(key), ConsistentRead: true }),
      { abortSignal: abortSignal(deadline, callMilliseconds) },
    );
    return answer.Item === undefined ? undefined : readConversion(answer.Item);
  }

  return {
    async record(draft, claim, deadline) {
      let existing: Conversion | undefined;
      for (let round = 0; round < maximumRounds; round++) {
        const { write: wanted, ...recorded } = outcomeOf(existing, draft, claim);
        if (wanted === undefined) return recorded;
        const result =
          wanted.repeat === undefined
            ? await write(wanted.base, deadline)
            : await writeRepeat(wanted.base, wanted.repeat, deadline);
        if (result.stored) return recorded;
        existing = result.found;
        // The first failure only says that the key is known; a further one that others write it too, and in step with us.
        if (round > 0) await pause(Math.random() * Math.min(longestPauseMilliseconds, 2 ** round * 5));
      }
      throw new Error(`the conversion was changed by others ${maximumRounds} times in a row`);
    },
    async foresee(draft, claim, deadline) {
      const { write: _unwritten, ...foreseen } = outcomeOf(await find(draft, deadline), draft, claim);
      return foreseen;
    },
  };
}
