import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { AdminApi, Query } from '../../../operator/api/admin-api';
import { messageOf, usageFailure } from '../../../operator/failure';
import { addExamples } from '../../help';
import { conversion, type Conversion } from '../../../operator/answers';
import { conversionQuery } from '../../operations/conversions/query';
import type { ExportFormat } from '../../../operator/conversions/sheet';
import { sumsOf } from '../../../operator/conversions/sums';
import { sumsText } from '../../operations/conversions/sums-text';
import { largestPage } from '../../../operator/pages';
import { periodText, readPeriodOptions } from '../../operations/period';
import { perform } from '../../session';
import { startProgress } from '../../terminal/progress';

export function addConversionExport(conversions: CommandUnknownOpts): void {
  const command = conversions
    .command('export')
    .description('conversions of a campaign or an integration as a file for a spreadsheet or a program')
    .option('--campaign <id>', 'of this campaign')
    .option('--integration <id>', 'of this integration')
    .option('--since <time>', 'changed after this age (1h, 30d) or time (default: 24h)')
    .option('--until <time>', 'changed before this age or time (default: now)')
    .option('--tests', 'include tests')
    .option('--format <format>', 'csv or ndjson (csv)')
    .option('--out <file>', 'write to this file (default: standard output)')
    .action(({ since, until, format, out, ...which }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const chosen = readFormat(format, output.json && out === undefined);
        const period = readPeriodOptions({ since, until }, Date.now());
        const query = { ...conversionQuery(which), ...period, limit: largestPage };
        const api = await connect();
        const sink = out === undefined ? standardOutput : fileSink(out);
        const written = await writeAll(api, query, chosen, sink).finally(() => sink.end());
        const sums = sumsOf(written);
        const summary = `${sumsText(sums)}\nRecorded or changed ${periodText(period)}.`;
        if (out === undefined) return output.note(summary);
        output.answer(
          { file: out, format: chosen, conversions: written.length, sums },
          () => `${summary}\nWritten to ${out}.`,
        );
      }),
    );
  addExamples(
    command,
    'tracker conversions export --campaign spring --since 30d --out spring.csv',
    'tracker conversions export --integration acme --since 2026-11-01 --format ndjson | jq -r .amount',
  );
}

function readFormat(text: string | undefined, forProgram: boolean): ExportFormat {
  if (text === undefined) return forProgram ? 'ndjson' : 'csv';
  if (text === 'ndjson' || (text === 'csv' && !forProgram)) return text;
  if (text === 'csv')
    throw usageFailure('--json writes NDJSON to standard output; --format csv needs --out FILE with it.');
  throw usageFailure(`--format is csv or ndjson, not "${text}".`);
}

type Exported = Pick<Conversion, 'currency' | 'status' | 'amount'>;

interface Sink {
  write(text: string): Promise<void>;
  end(): void;
}

/** Writes page by page: only the sums must fit into memory. */
async function writeAll(api: AdminApi, query: Query, format: ExportFormat, sink: Sink): Promise<readonly Exported[]> {
  // Loaded here, so that no other command waits for it.
  const { conversionsText } = await import('../../../operator/conversions/sheet.js');
  const written: Exported[] = [];
  const count = startProgress('conversions written');
  try {
    let isFirst = true;
    for await (const page of api.pages(['conversions'], conversion, query)) {
      await sink.write(conversionsText(page, format, isFirst));
      isFirst = false;
      written.push(...page.map(({ currency, status, amount }) => ({ currency, status, amount })));
      count.advance(page.length);
    }
  } finally {
    count.end();
  }
  return written;
}

const standardOutput: Sink = {
  async write(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  end: () => undefined,
};

function fileSink(file: string): Sink {
  try {
    const descriptor = openSync(file, 'w');
    return {
      async write(text) {
        writeSync(descriptor, text);
      },
      end: () => closeSync(descriptor),
    };
  } catch (error) {
    throw usageFailure(`${file} cannot be written: ${messageOf(error)}.`);
  }
}
