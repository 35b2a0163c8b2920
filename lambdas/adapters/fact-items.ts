import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import type { Checkpoint } from '../domain/facts/checkpoint';
import { factSets } from '../domain/facts/columns';
import type { FactObject } from '../domain/facts/manifest';
import { toItem, type Item } from './item';

const { partition, sort, timeToLive } = tableKey.facts;

/** The partitions of the table of facts. */
export const factKind = {
  /** The counted position of each shard. */
  checkpoint: 'checkpoint',
  /** The objects that count. */
  manifest: 'manifest',
  /** One number that increases when objects are replaced. */
  generation: 'generation',
  /** Clicks whose erasure is pending in the objects. */
  erasure: 'erasure',
  /** Changes that could not be counted. */
  uncounted: 'uncounted',
  /** Replaced objects, which a query may still read. */
  replaced: 'replaced',
  /** The one running or last recount. */
  recount: 'recount',
} as const;
/** Each recount has another partition for the results of its steps. */
export type FactKind = (typeof factKind)[keyof typeof factKind] | `recount#${string}`;

/** The one row of the generation. */
export const generationName = 'current';

export function factKey(kind: FactKind, name: string): Item {
  return toItem({ [partition]: kind, [sort]: name });
}

const range = v.object({ first: v.number(), last: v.number() });
const objectFields = {
  set: v.picklist(factSets),
  rows: v.number(),
  bytes: v.number(),
  click: range,
  conversion: v.exactOptional(range),
  booked: v.exactOptional(range),
};
const objectSchema = v.object({ [sort]: v.string(), ...objectFields });
/** An object in a list. */
export const listedObject = v.object({ key: v.string(), ...objectFields });

export function writeObject({ key, ...object }: FactObject): Item {
  return toItem({ [partition]: factKind.manifest, [sort]: key, ...object });
}

export function readFactObject(item: Item): FactObject {
  const { [sort]: key, ...object } = v.parse(objectSchema, unmarshall(item));
  return { key, ...object };
}

const checkpointSchema = v.object({ sequence: v.pipe(v.string(), v.regex(/^\d+$/)), through: v.number() });

export function writeCheckpoint(shard: string, { sequence, through }: Checkpoint, expiresAt: number): Item {
  return toItem({ [partition]: factKind.checkpoint, [sort]: shard, sequence, through, [timeToLive]: expiresAt });
}

export function readCheckpoint(item: Item): Checkpoint {
  return v.parse(checkpointSchema, unmarshall(item));
}

const erasureSchema = v.object({ [sort]: v.string(), stamp: v.string() });

/** A click whose visitor is to be removed; the stamp changes with each request. */
export interface PendingErasure {
  readonly clickId: string;
  readonly stamp: string;
}

export function writeErasure({ clickId, stamp }: PendingErasure): Item {
  return toItem({ [partition]: factKind.erasure, [sort]: clickId, stamp });
}

export function readErasure(item: Item): PendingErasure {
  const { [sort]: clickId, stamp } = v.parse(erasureSchema, unmarshall(item));
  return { clickId, stamp };
}

const replacedSchema = v.object({ [sort]: v.string(), keys: v.array(v.string()), until: v.number() });

/** Replaced objects, and the time until which they stay; milliseconds since 1970. */
export interface Replaced {
  readonly name: string;
  readonly keys: readonly string[];
  readonly until: number;
}

export function writeReplaced({ name, keys, until }: Replaced): Item {
  const expiresAt = Math.ceil(until / 1000) + 24 * 60 * 60;
  return toItem({ [partition]: factKind.replaced, [sort]: name, keys, until, [timeToLive]: expiresAt });
}

export function readReplaced(item: Item): Replaced {
  const { [sort]: name, keys, until } = v.parse(replacedSchema, unmarshall(item));
  return { name, keys, until };
}
