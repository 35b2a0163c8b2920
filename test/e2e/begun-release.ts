import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const day = '2026-01-01T00:00:00.000Z';

/** Leaves a data folder with a source whose suspension has ended, so that what it held is to be released: nothing was. */
export function leaveRelease(dataFolder: string): void {
  const database = new DatabaseSync(join(dataFolder, 'dynamodb.sqlite'));
  try {
    const found = database
      .prepare(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%OutboundTable%' AND name NOT LIKE '%::%'`,
      )
      .get();
    const row = {
      group: { S: 'releases' },
      occasion: { S: 'resumed' },
      place: { S: day },
      begunAt: { N: String(Date.parse(day)) },
      until: { N: String(Date.parse(day)) },
    };
    database
      .prepare(`INSERT INTO "${String(found?.['name'])}" (pk, sk, item_json, item_size) VALUES (?, ?, ?, ?)`)
      .run('S:releases', 'S:resumed', JSON.stringify(row), 100);
  } finally {
    database.close();
  }
}
