import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readParquet, writeParquet } from '../../../lambdas/adapters/fact-parquet';
import { factColumns, factSets, type Column } from '../../../lambdas/domain/facts/columns';
import { clickFact } from '../../../lambdas/domain/facts/click-fact';
import type { FactRow, FactValue } from '../../../lambdas/domain/facts/rows';
import { runs } from '../domain/conversion/arbitraries';
import { clickOf, lookups } from '../domain/facts/support';

const folder = mkdtempSync(join(tmpdir(), 'tracker-facts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function valueOf({ type, nullable }: Column): fc.Arbitrary<FactValue> {
  const value: fc.Arbitrary<FactValue> =
    type === 'flag'
      ? fc.boolean()
      : type === 'number'
        ? fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
        : fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('a', 'b'));
  return nullable ? fc.oneof(value, fc.constant(null)) : value;
}

describe.each(factSets)('%s as Parquet', (set) => {
  const row = fc.record(Object.fromEntries(factColumns[set].map((column) => [column.name, valueOf(column)])));

  test('come back as they were written, to the last digit and letter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
        expect(await readParquet(set, writeParquet(set, rows))).toEqual(rows);
      }),
      runs(1 / 10),
    );
  });

  test('have exactly the columns of their set, in their order and with their types, for another reader', async () => {
    const [sample] = fc.sample(fc.array(row, { minLength: 30, maxLength: 30 }), { numRuns: 1, seed: 7 });
    const file = join(folder, `${set}.parquet`);
    writeFileSync(file, writeParquet(set, sample ?? []));
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    const types = { text: 'VARCHAR', number: 'BIGINT', flag: 'BOOLEAN' };
    const described = await connection.runAndReadAll(`describe select * from read_parquet('${file}')`);
    expect(described.getRows().map(([name, type]) => [name, type])).toEqual(
      factColumns[set].map(({ name, type }) => [name, types[type]]),
    );
    const found = await connection.runAndReadAll(`select * from read_parquet('${file}')`);
    expect(found.getRowObjects()).toEqual(sample);
    connection.closeSync();
    instance.closeSync();
  });
});

test('a file that is older than a column reads as null in it', async () => {
  const row: FactRow = clickFact(clickOf({ cost: '1' }), lookups);
  const columnData = factColumns.clicks
    .filter(({ name }) => name !== 'visitor')
    .map(({ name, type }) => ({
      name,
      type: ({ text: 'STRING', number: 'INT64', flag: 'BOOLEAN' } as const)[type],
      data: [row[name] ?? null],
    }));
  const old = new Uint8Array(parquetWriteBuffer({ columnData }));
  expect(await readParquet('clicks', old)).toEqual([{ ...row, visitor: null }]);
});

test('a row that lacks what its column takes is not written', () => {
  const row: FactRow = clickFact(clickOf(), lookups);
  expect(() => writeParquet('clicks', [{ ...row, campaign: null }])).toThrow('campaign');
  expect(() => writeParquet('clicks', [{ ...row, bot: 'no' }])).toThrow('bot');
  const { clicked_at: _none, ...without } = row;
  expect(() => writeParquet('clicks', [without])).toThrow('clicked_at');
});
