import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isObject, type JsonObject, listOf, objectOrEmpty, parseJson, stringOrUndefined } from '../json';
import type { StreamWindow } from './next-step';

/** Where a lane of a mapping stands: everything up to the sequence number is done. */
export interface LanePosition {
  readonly through: bigint;
  /** The window that is not over, and what the function said of it. */
  readonly window: (StreamWindow & { readonly state: JsonObject }) | undefined;
}

/** The positions of one mapping, in a file that outlives the stack. */
export class StreamPositions {
  constructor(
    private readonly file: string,
    /** Positions in another stream mean nothing in this one. */
    private readonly streamLabel: string,
  ) {}

  /** One for each lane; `undefined` where this mapping has never read this stream. */
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

  /** The file is whole at any time, whenever this process ends. */
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
