import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isObject, type JsonObject, listOf, objectOrEmpty, parseJson, stringOrUndefined } from '../json';
import type { StreamWindow } from './next-step';

/** The position of a lane: all records up to the sequence number are done. */
export interface LanePosition {
  readonly through: bigint;
  /** The open window, with its state from the function. */
  readonly window: (StreamWindow & { readonly state: JsonObject }) | undefined;
}

/** The positions of one mapping, in a file that outlives the stack. */
export class StreamPositions {
  constructor(
    private readonly file: string,
    /** Positions are valid for one stream only. */
    private readonly streamLabel: string,
  ) {}

  /** One position per lane; `undefined` if this mapping has never read this stream. */
  read(lanes: number): readonly LanePosition[] | undefined {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch {
      return undefined;
    }
    const { stream, lanes: given } = objectOrEmpty(parseJson(text));
    if (stream !== this.streamLabel) return undefined;
    const positions = listOf(given).flatMap((lane) => readPosition(lane) ?? []);
    return positions.length === lanes ? positions : undefined;
  }

  /** The file is complete at any time, whenever this process ends. */
  write(positions: readonly LanePosition[]): void {
    const lanes = positions.map(({ through, window }) => ({ through: String(through), window }));
    writeFileSync(`${this.file}.new`, JSON.stringify({ stream: this.streamLabel, lanes }));
    renameSync(`${this.file}.new`, this.file);
  }
}

function readPosition(given: unknown): LanePosition | undefined {
  const { through, window } = objectOrEmpty(given);
  if (typeof through !== 'string' || !/^\d+$/.test(through)) return undefined;
  return { through: BigInt(through), window: readWindow(window) };
}

function readWindow(given: unknown): LanePosition['window'] {
  const { shardId, start, end, state } = objectOrEmpty(given);
  const id = stringOrUndefined(shardId);
  if (id === undefined || typeof start !== 'number' || typeof end !== 'number' || !isObject(state)) return undefined;
  return { shardId: id, start, end, state };
}
