import { readFileSync } from 'node:fs';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import * as v from 'valibot';
import { collectionOf } from '../../../operator/documents/kinds';
import { readContent } from '../../configuration/check-document';
import { contentOf, findDocument, storedDocument } from '../../../operator/documents/stored-document';
import type { AdminApi } from '../../../operator/api/admin-api';
import { messageOf, usageFailure } from '../../../operator/failure';
import { addExamples } from '../../help';
import { readRates, type Days } from '../../operations/rates/read-rates';
import { perform } from '../../session';
import { counted } from '../../../operator/counted';
import { startProgress } from '../../terminal/progress';
import { addDocumentCommands } from '../configuration/document-commands';
import { wrongDocument } from '../configuration/wrong-document';

/** Exchange rates, with which reports convert money. */
export function addRatesCommands(program: CommandUnknownOpts): void {
  const rates = program.command('rates').description('exchange rates for reports');
  addImport(rates);
  addDocumentCommands(rates, {
    kind: 'rate',
    columns: [{ heading: 'base', cell: ({ base }) => base }],
    example: 'ecb-2026-11',
    deletion: 'Reports then list money of its days as not converted.',
  });
}

const stored = v.looseObject({ base: v.string(), days: v.record(v.string(), v.record(v.string(), v.string())) });

function addImport(rates: CommandUnknownOpts): void {
  const command = rates
    .command('import')
    .argument('<file>', 'CSV of the European Central Bank: Date, and a column for each currency')
    .description('imports daily rates; replaces days that exist, and keeps the others')
    .option('--base <code>', 'base currency of the rates (default: EUR)')
    .option('--name <name>', 'prefix of the document names, before the month (default: ecb)')
    .action((file, { base = 'EUR', name = 'ecb' }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const { months, days, tooOld } = readRates(contentOfFile(file));
        const api = await connect();
        const count = startProgress('months written');
        let changed = 0;
        for (const [month, those] of months) {
          if (await putMonth(api, `${name}-${month}`, base.toUpperCase(), those)) changed += 1;
          count.advance(1);
        }
        count.end();
        if (tooOld > 0) output.note(`${counted(tooOld, 'day')} before 2020 skipped.`);
        output.answer(
          { days, months: months.size, changed },
          () =>
            `${counted(days, 'day')} of ${counted(months.size, 'month')} read, ${counted(changed, 'document')} changed.`,
        );
      }),
    );
  addExamples(
    command,
    'tracker rates import eurofxref-hist.csv',
    'tracker rates import usd.csv --base USD --name bank',
  );
}

/**
 * Adds the days of a month to the stored ones.
 * @returns whether that changed anything
 */
async function putMonth(api: AdminApi, id: string, base: string, days: Days): Promise<boolean> {
  const before = await findDocument(api, 'rate', id);
  const kept = before === undefined ? undefined : v.parse(stored, contentOf(before));
  if (kept !== undefined && kept.base !== base) {
    throw usageFailure(`${id} has rates of ${kept.base}, and not of ${base}. Choose another --name.`);
  }
  const reading = readContent('rate', { base, days: { ...kept?.days, ...days } });
  if (!reading.ok) throw wrongDocument('rate', reading.problems, undefined);
  const answer = await api.call(
    'PUT',
    [collectionOf.rate, id],
    v.looseObject({ ...storedDocument.entries, changed: v.optional(v.boolean(), true) }),
    { body: { ...reading.content, version: before?.version ?? 0 } },
  );
  return answer.changed;
}

function contentOfFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usageFailure(`${file} cannot be read: ${messageOf(error)}.`);
  }
}
