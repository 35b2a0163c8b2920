import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const longAgo = '2020-01-01';

/** Makes the visitor keys of a data folder those of a day long ago: the next click makes one, and compaction is to delete the old. */
export function ageVisitorKeys(dataFolder: string): void {
  const database = new DatabaseSync(join(dataFolder, 'dynamodb.sqlite'));
  try {
    const found = database
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%VisitorKeys%'`)
      .get();
    const table = String(found?.['name']);
    const rows = database.prepare(`SELECT item_json AS item FROM "${table}"`).all();
    const days = rows.map(({ item }) => /"day":\{"S":"([\d-]+)"\}/.exec(String(item))?.[1]);
    if (days.length !== 1 || days[0] === undefined) throw new Error(`${rows.length} visitor keys are there, not one`);
    database
      .prepare(`UPDATE "${table}" SET pk = replace(pk, ?, ?), item_json = replace(item_json, ?, ?)`)
      .run(days[0], longAgo, days[0], longAgo);
  } finally {
    database.close();
  }
}
