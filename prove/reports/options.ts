import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface ReportProofOptions {
  /** Seeds every random choice of a run: the rows and the random questions. */
  readonly seed: number;
  readonly clicks: number;
  /** Number of random questions, beside those of every shape. */
  readonly chances: number;
  readonly trino: 'if here' | 'required' | 'no';
  readonly keep: boolean;
}

export const reportProofHelp = `Asks every shape of a report of a seeded month of awkward clicks and conversions: of DuckDB and of a real Trino, whose
SQL is Athena's, the same text of both. Compares the answers value by value, and the reports cell by cell with those of a naive program.

  npm run prove:reports -- [options]

  --seed N      repeat the rows and questions of a run; without, they are new and the seed is printed
  --clicks N    so many clicks (2,000)
  --chances N   so many questions by chance (60)
  --no-trino    DuckDB and the naive program alone
  --required    fail where Trino cannot be had, and do not skip it
  --keep        keep the files and the logs
  --help        this text

Trino comes from Maven Central once (450 MB) and needs Java 24 or later, which may lie beside the default one, Maven and tar.
`;

export function readReportProofOptions(given: readonly string[]): ReportProofOptions | 'help' {
  const { values } = parseArgs({
    args: [...given],
    options: {
      seed: { type: 'string' },
      clicks: { type: 'string', default: '2000' },
      chances: { type: 'string', default: '60' },
      'no-trino': { type: 'boolean', default: false },
      required: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const numberOf = (name: string, text: string): number => {
    if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number from 0`);
    return Number(text);
  };
  return {
    seed: values.seed === undefined ? randomInt(2 ** 29) : numberOf('seed', values.seed),
    clicks: numberOf('clicks', values.clicks),
    chances: numberOf('chances', values.chances),
    trino: values['no-trino'] ? 'no' : values.required ? 'required' : 'if here',
    keep: values.keep,
  };
}
