import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import { abortSignal, type Deadline } from './deadline';
import { factKey, factKind, generationName } from './fact-items';
import { isConditionFailed, type Item } from './item';
import { recountNotes, removeNotes, writeNote, type RecountNote, type RecountNotes } from './recount-notes';
import { readRecountState, recountName, writeRecountState, type RecountState } from './recount-state';
import { storageCall } from './storage-failure';
import { writeTogether } from './write-together';

const callMilliseconds = 5000;
/** Maximum objects in one note of the beginning. */
const namesOfNote = 2000;

export interface RecountTable {
  /** Returns the running or last recount. */
  current(deadline: Deadline): Promise<RecountState | undefined>;
  /** Begins a recount after another has ended; returns `false` if a concurrent request did. */
  start(
    state: RecountState,
    base: readonly string[],
    before: RecountState | undefined,
    deadline: Deadline,
  ): Promise<boolean>;
  notes(id: string, deadline: Deadline): Promise<RecountNotes>;
  /** Saves a step, if the recount is unchanged since its read. */
  advance(before: RecountState, after: RecountState, note: RecountNote, deadline: Deadline): Promise<boolean>;
  /** Applies all results in one transaction; returns `false` if other objects count than it has compared. */
  take(before: RecountState, after: RecountState, deadline: Deadline): Promise<boolean>;
  /** Ends it without results; returns `false` if a concurrent request continued it. */
  discard(state: RecountState, deadline: Deadline): Promise<boolean>;
}

const { partition } = tableKey.facts;

export function recountTable(client: DynamoDBClient, tableName: string): RecountTable {
  const stateKey = factKey(factKind.recount, recountName);
  const isStep = ({ id, step }: Pick<RecountState, 'id' | 'step'>) => ({
    ConditionExpression: '#id = :id AND #step = :step',
    ExpressionAttributeNames: { '#id': 'id', '#step': 'step' },
    ExpressionAttributeValues: { ':id': { S: id }, ':step': { N: String(step) } },
  });
  const isNone = { ConditionExpression: `attribute_not_exists(${partition})` };
  const put = (item: Item, condition = {}): TransactWriteItem => ({
    Put: { TableName: tableName, Item: item, ...condition },
  });

  return {
    async current(deadline) {
      const command = new GetItemCommand({ TableName: tableName, Key: stateKey, ConsistentRead: true });
      const { Item: item } = await storageCall('reading a recount', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      return item === undefined ? undefined : readRecountState(item);
    },
    async start(state, base, before, deadline) {
      for (let at = 0; at < base.length; at += namesOfNote) {
        const note = writeNote(state.id, `base#${String(at).padStart(8, '0')}`, {
          base: base.slice(at, at + namesOfNote),
        });
        await storageCall('beginning a recount', () =>
          client.send(new PutItemCommand({ TableName: tableName, Item: note }), {
            abortSignal: abortSignal(deadline, callMilliseconds),
          }),
        );
      }
      const condition = before === undefined ? isNone : isStep(before);
      const begun = [put(writeRecountState(state), condition)];
      if (!(await writeTogether(client, 'beginning a recount', begun, deadline))) {
        await removeNotes(client, tableName, state.id, deadline);
        return false;
      }
      // Notes name the replaced objects until these are in the manifest; the run that settles them removes the notes.
      if (before !== undefined && before.phase !== 'taken') await removeNotes(client, tableName, before.id, deadline);
      return true;
    },
    notes: (id, deadline) => recountNotes(client, tableName, id, deadline),
    advance: (before, after, note, deadline) =>
      writeTogether(
        client,
        'noting a step of a recount',
        [
          put(writeRecountState(after), isStep(before)),
          put(writeNote(after.id, `step#${String(after.step).padStart(8, '0')}`, note)),
        ],
        deadline,
      ),
    take(before, after, deadline) {
      const isNew = before.generation === 0;
      const flip: TransactWriteItem = {
        Update: {
          TableName: tableName,
          Key: factKey(factKind.generation, generationName),
          UpdateExpression: 'SET #value = :next, #recount = :id',
          ConditionExpression: isNew
            ? `attribute_not_exists(${partition})`
            : '#value = :read AND attribute_not_exists(#recount)',
          ExpressionAttributeNames: { '#value': 'value', '#recount': 'recount' },
          ExpressionAttributeValues: {
            ':next': { N: String(before.generation + 1) },
            ':id': { S: before.id },
            ...(!isNew && { ':read': { N: String(before.generation) } }),
          },
        },
      };
      const together = [put(writeRecountState(after), isStep(before)), flip];
      return writeTogether(client, 'taking a recount', together, deadline);
    },
    async discard(state, deadline) {
      const command = new DeleteItemCommand({ TableName: tableName, Key: stateKey, ...isStep(state) });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      } catch (error) {
        if (isConditionFailed(error)) return false;
        return storageCall('ending a recount', () => Promise.reject(error));
      }
      await removeNotes(client, tableName, state.id, deadline);
      return true;
    },
  };
}
