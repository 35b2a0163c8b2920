/** The position up to which a shard is counted. */
export interface Checkpoint {
  /** The sequence number of the last record that is counted: 21 to 40 digits, compared as a number. */
  readonly sequence: string;
  /** Time at which that record was written, in milliseconds since 1970. */
  readonly through: number;
}

/** The order of the records of one shard. */
export interface Sequenced {
  readonly sequence: string;
}

/**
 * The records that are not counted yet, each once and in the order of the shard. Records come again after a failure, in batches that are
 * cut again; everything at or before the checkpoint was counted.
 */
export function recordsPast<Item extends Sequenced>(
  records: readonly Item[],
  checkpoint: Pick<Checkpoint, 'sequence'> | undefined,
): readonly Item[] {
  const counted = checkpoint === undefined ? -1n : BigInt(checkpoint.sequence);
  const bySequence = new Map(records.map((record) => [BigInt(record.sequence), record]));
  return [...bySequence]
    .filter(([sequence]) => sequence > counted)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, record]) => record);
}
