import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeParquet } from '../../lambdas/adapters/fact-parquet';
import { factColumns, factSets, type FactSet } from '../../lambdas/domain/facts/columns';
import type { FactObject } from '../../lambdas/domain/facts/manifest';
import { countedKey, dayKey, dayOfRow } from '../../lambdas/domain/facts/object-key';
import { spanOf } from '../../lambdas/domain/facts/object-span';
import { rowWithoutVisitor, type FactRow } from '../../lambdas/domain/facts/rows';
import {
  clickFact,
  conversionFact,
  randomFacts,
  type Fact,
  type Facts,
} from '../../test/lambdas/domain/reports/support/facts';

/** Texts that SQL, Parquet, a pattern or a sort could mishandle; none is empty, and none holds a NUL. */
export const awkwardTexts = [
  "O'Brien",
  "''); drop table clicks; --",
  'a|b,c:d%~e',
  '\\N',
  'NULL',
  'null',
  '0',
  ' ',
  'trailing ',
  'a\tb\nc\rd',
  '"quoted"',
  '$path',
  'é',
  'e\u0301',
  'ß',
  'SS',
  'İ',
  'ı',
  '\u{1f642}',
  '\ufb01',
  '\u202eabc',
  '\uffff',
  '\u{10ffff}',
  'x'.repeat(512),
] as const;

/** Builds a month and its edges: random rows around the clock changes of four zones, and cases that chance rarely makes. */
export function awkwardMonth(seed: number, clickCount: number): Facts {
  const { clicks, conversions } = randomFacts(seed, clickCount);
  return { clicks: [...clicks, ...rareClicks()], conversions: [...conversions, ...rareConversions()] };
}

const noon = '2026-10-14T12:00:00Z';
const sold = { click: noon, conversion: '2026-10-14T12:00:59Z', booked: '2026-10-14T12:15:00Z' };

function rareClicks(): readonly Fact[] {
  const texts = awkwardTexts.map((text, index) =>
    clickFact(`2026-10-${10 + (index % 20)}T0${index % 10}:14:59.999Z`, {
      click_id: `text-${index}`,
      sub2: text,
      sub10: awkwardTexts[(index + 1) % awkwardTexts.length] ?? null,
      os: text,
      cost: index % 3 === 0 ? 0 : null,
      cost_currency: index % 3 === 0 ? 'USD' : null,
    }),
  );
  // Two persons who clicked at the same moment and were erased: only offer and integration distinguish them.
  const erased = ['main', 'other'].map((offer) => withoutVisitor(clickFact(noon, { offer })));
  const great = Array.from({ length: 20 }, (_, index) =>
    clickFact(noon, { click_id: `great-${index}`, cost: 999_999_999_999_999_999n, cost_currency: 'KWD' }),
  );
  return [...texts, ...erased, ...great];
}

function rareConversions(): readonly Fact[] {
  const long = { click: '2026-04-01T12:00:00Z', conversion: '2026-04-02T12:00:00Z' };
  const late = { sub1: 'late', country: 'NZ', click_id: 'late' };
  return [
    ...awkwardTexts.map((text, index) =>
      conversionFact(sold, {
        sub2: text,
        event: `e${index % 3}`,
        browser: text,
        status: index % 2 ? 'pending' : 'approved',
      }),
    ),
    // A conversion reversed 200 days after its click, and one whose click is younger than the month.
    conversionFact({ ...long, booked: long.conversion }, late),
    conversionFact({ ...long, booked: '2026-10-18T12:00:00Z' }, { ...late, count: -1, amount: -10_000_000 }),
    conversionFact({ ...long, booked: '2026-10-18T12:00:00Z' }, { ...late, status: 'reversed' }),
    conversionFact({
      click: '2026-10-20T00:00:00Z',
      conversion: '2026-12-01T00:00:00Z',
      booked: '2027-01-01T00:00:00Z',
    }),
    // Changes that cancel: a conversion added and removed, and money without a conversion.
    conversionFact(sold, { sub3: 'nothing' }),
    conversionFact(sold, { sub3: 'nothing', count: -1, amount: -10_000_000 }),
    conversionFact(sold, { sub3: 'money', count: 0, amount: 2_500_000 }),
    ...Array.from({ length: 20 }, () => conversionFact(sold, { currency: 'KWD', amount: 999_999_999_999_999_999n })),
    conversionFact(sold, { amount: -7_000_000, currency: 'EUR' }),
    conversionFact(sold, { amount: 1, currency: 'JPY', seconds: 604_800 }),
    withoutVisitor(conversionFact(sold, { amount: null, currency: null })),
  ];
}

function withoutVisitor(fact: Fact): Fact {
  return rowWithoutVisitor(rowOf('visitor' in fact ? 'clicks' : 'conversions', fact));
}

function rowOf(set: FactSet, fact: Fact): FactRow {
  return Object.fromEntries(
    factColumns[set].map(({ name }) => {
      const value = fact[name] ?? null;
      return [name, typeof value === 'number' ? BigInt(value) : value];
    }),
  );
}

/** Few files: each is a split of every scan, which costs Trino time. */
const windows = 3;
const daysTogether = 12;

/**
 * Writes facts as count and compact do: half of them as windows of a shard, half by day, beside files that the manifest does not name.
 * @returns the objects of the manifest
 */
export function writeMonth({ clicks, conversions }: Facts, folder: string): readonly FactObject[] {
  const objects: FactObject[] = [];
  for (const set of factSets) {
    const rows = (set === 'clicks' ? clicks : conversions).map((fact) => rowOf(set, fact));
    const [counted, compacted] = [rows.slice(0, rows.length / 2), rows.slice(rows.length / 2)];
    for (let window = 0; window < windows; window++) {
      const ofWindow = counted.filter((_, at) => at % windows === window);
      objects.push(write(folder, countedKey(set, `window-${window}`), set, ofWindow));
    }
    const days = [...Map.groupBy(compacted, (row) => dayOfRow(set, row))];
    for (let at = 0; at < days.length; at += daysTogether) {
      const some = days.slice(at, at + daysTogether);
      const [first] = some;
      if (first === undefined) break;
      const [day] = first;
      objects.push(
        write(
          folder,
          dayKey(set, day, `it's-${day}`),
          set,
          some.flatMap(([, ofDay]) => ofDay),
        ),
      );
    }
    write(folder, countedKey(set, 'orphan'), set, rows.slice(0, 50));
    write(folder, dayKey(set, '2026-10-14', 'orphan'), set, rows.slice(50, 100));
  }
  return objects;
}

function write(folder: string, key: string, set: FactSet, rows: readonly FactRow[]): FactObject {
  const file = join(folder, 'facts', key);
  const bytes = writeParquet(set, rows);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return { key, set, rows: rows.length, bytes: bytes.length, ...spanOf(set, rows) };
}
