import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import type { FactObject } from '../domain/facts/manifest';
import { abortSignal, type Deadline } from './deadline';
import { factKey, listedObject } from './fact-items';
import { factRowsOf } from './fact-rows';
import { toItem, type Item } from './item';
import { storageCall } from './storage-failure';

const { partition, sort } = tableKey.facts;
const callMilliseconds = 5000;
const keySchema = v.object({ [sort]: v.object({ S: v.string() }) });

const recountKind = (id: string): `recount#${string}` => `recount#${id}`;

/** The result of one step of a recount. */
export interface RecountNote {
  /** Objects that counted at its beginning. */
  readonly base?: readonly string[];
  /** Objects with the rows of the tables: they never count. */
  readonly stored?: readonly FactObject[];
  /** Objects to count. */
  readonly outputs?: readonly FactObject[];
  /** Objects with copies of clicks, and the object that counted each click. */
  readonly copies?: readonly { readonly of: string; readonly key: string }[];
  /** Objects to be replaced. */
  readonly dropped?: readonly string[];
}

const texts = v.optional(v.array(v.string()), []);
const objects = v.optional(v.array(listedObject), []);
const noteSchema = v.object({
  base: texts,
  stored: objects,
  outputs: objects,
  copies: v.optional(v.array(v.object({ of: v.string(), key: v.string() })), []),
  dropped: texts,
});

/** All notes of a recount together. */
export type RecountNotes = Readonly<v.InferOutput<typeof noteSchema>>;

/** @param name unique within the recount */
export function writeNote(id: string, name: string, note: RecountNote): Item {
  return toItem({ [partition]: recountKind(id), [sort]: name, ...note });
}

export async function recountNotes(
  client: DynamoDBClient,
  tableName: string,
  id: string,
  deadline: Deadline,
): Promise<RecountNotes> {
  const rows = await factRowsOf(client, tableName, recountKind(id), deadline);
  const notes = rows.map((row) => v.parse(noteSchema, unmarshall(row)));
  return {
    base: notes.flatMap(({ base }) => base),
    stored: notes.flatMap(({ stored }) => stored),
    outputs: notes.flatMap(({ outputs }) => outputs),
    copies: notes.flatMap(({ copies }) => copies),
    dropped: notes.flatMap(({ dropped }) => dropped),
  };
}

export async function removeNotes(
  client: DynamoDBClient,
  tableName: string,
  id: string,
  deadline: Deadline,
): Promise<void> {
  for (const item of await factRowsOf(client, tableName, recountKind(id), deadline)) {
    const Key = factKey(recountKind(id), v.parse(keySchema, item)[sort].S);
    await storageCall('removing the notes of a recount', () =>
      client.send(new DeleteItemCommand({ TableName: tableName, Key }), {
        abortSignal: abortSignal(deadline, callMilliseconds),
      }),
    );
  }
}
