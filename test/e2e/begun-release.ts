import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const day = '2026-01-01T00:00:00.000Z';

/** Leaves a data folder with a source whose suspension has ended, so that what it held is to be released: nothing was. */
export function leaveRelease(dataFolder: string): void {
  leaveRow(dataFolder, 'releases', 'resumed', {
    place: { S: day },
    begunAt: { N: String(Date.parse(day)) },
    until: { N: String(Date.parse(day)) },
  });
}

/** Leaves one with a source that as many runs of `deliver` call as may: another one is to hide its messages. */
export function leaveTurns(dataFolder: string, sourceId: string): void {
  const until = { N: String(Date.now() + 3_600_000) };
  leaveRow(dataFolder, `source#${sourceId}`, 'health', {
    revision: { N: '1' },
    failuresInRow: { N: '0' },
    unaccepted: { N: '0' },
    turns: { L: [until, until, until] },
  });
}

function leaveRow(dataFolder: string, group: string, occasion: string, fields: object): void {
  const database = new DatabaseSync(join(dataFolder, 'dynamodb.sqlite'));
  try {
    const found = database
      .prepare(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%OutboundTable%' AND name NOT LIKE '%::%'`,
      )
      .get();
    const row = { group: { S: group }, occasion: { S: occasion }, ...fields };
    database
      .prepare(`INSERT INTO "${String(found?.['name'])}" (pk, sk, item_json, item_size) VALUES (?, ?, ?, ?)`)
      .run(`S:${group}`, `S:${occasion}`, JSON.stringify(row), 100);
  } finally {
    database.close();
  }
}
