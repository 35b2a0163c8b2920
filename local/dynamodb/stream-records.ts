import { DatabaseSync } from 'node:sqlite';

/**
 * dynoxide 1.2.1 queries the highest sequence number of a table before each stream record and has no index for it: each write reads every
 * record. This index serves that query and those of its readers.
 */
const index = `CREATE INDEX IF NOT EXISTS tracker_stream_sequence
  ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`;

/** A batch this small never holds the lock for long. */
const deletedAtOnce = 500;

/** The stream records in dynoxide's database, next to the running server. */
export interface StreamRecords {
  /**
   * Deletes the stream records of a table up to and including a sequence number that every reader has passed. The newest record stays:
   * dynoxide derives the next number from it.
   * @returns the number of deleted records
   */
  forget(tableName: string, throughSequenceNumber: bigint): number;
  /** Deletes the records of every table whose stream is switched off: no reader can come for them. */
  forgetUnread(tablesWithStream: readonly string[]): number;
  close(): void;
}

/** Opens the database of a running dynoxide and creates the index. Throws if the file is not a dynoxide database. */
export function openStreamRecords(databaseFile: string): StreamRecords {
  const database = new DatabaseSync(databaseFile, { timeout: 5000 });
  // If a power cut undoes a deletion, the record is deleted again.
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec(index);
  const forgetSome = database.prepare(
    `DELETE FROM _stream_records WHERE id IN (
       SELECT id FROM _stream_records
        WHERE table_name = :table AND CAST(sequence_number AS INTEGER) <= :through
          AND CAST(sequence_number AS INTEGER) <
              (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table)
        ORDER BY CAST(sequence_number AS INTEGER) LIMIT ${deletedAtOnce})`,
  );
  const tables = database.prepare('SELECT DISTINCT table_name AS name FROM _stream_records');
  const forget = (table: string, through: bigint): number => {
    let gone = 0;
    for (;;) {
      const changes = Number(forgetSome.run({ table, through }).changes);
      gone += changes;
      if (changes < deletedAtOnce) return gone;
    }
  };
  return {
    forget,
    forgetUnread(tablesWithStream) {
      const unread = tables.all().flatMap(({ name }) => (typeof name === 'string' ? name : []));
      return unread
        .filter((name) => !tablesWithStream.includes(name))
        .reduce((gone, name) => gone + forget(name, largestSequenceNumber), 0);
    },
    close: () => database.close(),
  };
}

/** SQLite's largest integer. */
const largestSequenceNumber = 2n ** 63n - 1n;
