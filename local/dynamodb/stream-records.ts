import { DatabaseSync } from 'node:sqlite';

/**
 * dynoxide 1.2.1 asks for the highest sequence number of a table before it writes a stream record, and has no index for it: each
 * write then reads every record ever kept. Its readers ask by the same expression, which this index serves as well.
 */
const index = `CREATE INDEX IF NOT EXISTS tracker_stream_sequence
  ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`;

/** Few enough that a write of dynoxide never waits long for the lock. */
const deletedAtOnce = 500;

/** The stream records in dynoxide's database, next to the running server. */
export interface StreamRecords {
  /**
   * Deletes what every reader of a table's stream has passed, up to a sequence number and including it. The newest record stays:
   * dynoxide numbers the next one after it.
   * @returns how many are gone
   */
  forget(tableName: string, throughSequenceNumber: bigint): number;
  /** Deletes the records of every table whose stream is switched off, which no reader can come for any more. */
  forgetUnread(tablesWithStream: readonly string[]): number;
  close(): void;
}

/** Opens the database of a dynoxide that has started, and sees to the index. Throws where the file is none of dynoxide's. */
export function openStreamRecords(databaseFile: string): StreamRecords {
  const database = new DatabaseSync(databaseFile, { timeout: 5000 });
  // A record that is lost to a power cut here is only a record that is deleted again.
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
