import { writeFileSync } from 'node:fs';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import * as v from 'valibot';
import { metrics } from '../../lambdas/domain/reports/metrics';
import { Failure, messageOf, usageFailure } from '../../operator/failure';
import type { AdminApi, Query } from '../../operator/api/admin-api';
import { contentOf, getDocument, type Content } from '../../operator/documents/stored-document';
import { addExamples } from '../help';
import { askReport, report } from '../../operator/report/ask-report';
import { reportText } from '../operations/report/report-text';
import { writeExport, type WrittenReport } from '../operations/report/write-csv';
import { given } from '../configuration/flags/values';
import { perform } from '../session';
import { addReportOptions } from './report-options';
import { addSavedReportCommands } from './saved-report';

/** The metrics that fit beside the groups on a terminal; `--metrics all` shows the others. */
const usualMetrics = 'clicks,conversions,cr,revenue,cost,profit';

export function addReportCommand(program: CommandUnknownOpts): void {
  const command = addReportOptions(program.command('report'))
    .description('reports clicks, conversions, revenue and cost of a period, by any groups')
    .option('--saved <id>', 'a saved report; other options replace its parameters')
    .option(
      '--csv <file>',
      'write every row as CSV to this file, in the order of the groups; with --sort or --limit the first rows',
    )
    .action(({ csv, saved, filter, ...options }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const query = queryOf(await savedQuery(api, saved), given({ ...options, filter: filter?.join(',') }));
        if (csv !== undefined) {
          const written = await writeCsv(api, query, csv);
          const counted = { file: csv, ...written, countedThrough: written.countedThrough ?? null };
          return output.answer(counted, () => csvText(csv, written));
        }
        const chosen = query['metrics'] ?? (output.json ? 'all' : withSorted(usualMetrics, query['sort']));
        const answer = await askReport(api, { ...query, metrics: chosen === 'all' ? undefined : chosen });
        const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), report), answer.text);
        if (!reading.success) {
          throw new Failure('unreachable', 'The tracker returned a report in an unknown format.', {
            hint: 'Check that the command and the tracker have the same version.',
          });
        }
        return output.answer(reading.output, () => reportText(reading.output));
      }),
    );
  addSavedReportCommands(command);
  addExamples(
    command,
    'tracker report --group campaign --from 2026-11-01 --to 2026-11-30 --timezone Europe/Berlin',
    "tracker report --group country,device --filter 'campaign:spring' --sort -revenue --limit 20",
    'tracker report --group day --by booked --currency EUR',
    'tracker report --group campaign,offer,source,sub1 --from 2026-11-01 --csv november.csv',
    'tracker report --saved weekly --days 30',
  );
}

/** Returns the parameters of a saved report; none without an ID. */
async function savedQuery(api: AdminApi, id: string | undefined): Promise<Content> {
  if (id === undefined) return {};
  const { name: _name, ...parameters } = contentOf(await getDocument(api, 'report', id));
  return parameters;
}

/** Merges the options with a saved report's: options win, and `from` and `days` replace each other. */
function queryOf(saved: Content, said: Content): Readonly<Record<string, string | undefined>> {
  const { from, days, ...others } = saved;
  const start = 'from' in said || 'days' in said ? {} : given({ from, days });
  return Object.fromEntries(
    Object.entries({ ...others, ...start, ...said }).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : undefined,
    ]),
  );
}

async function writeCsv(
  api: AdminApi,
  query: Readonly<Record<string, string | undefined>>,
  file: string,
): Promise<WrittenReport> {
  const asked: Query = { ...query, metrics: query['metrics'] === 'all' ? undefined : query['metrics'] };
  if (query['sort'] === undefined && query['limit'] === undefined) return writeExport(api, asked, file);
  const answer = await askReport(api, { ...asked, format: 'csv' });
  write(file, answer.text);
  return {
    version: answer.header('x-report-version') ?? '',
    countedThrough: answer.header('x-counted-through'),
    notes: answer.header('x-report-notes') ?? '',
  };
}

function csvText(file: string, { version, countedThrough, notes }: WrittenReport): string {
  const through = countedThrough === undefined ? 'Nothing was counted yet' : `Counted through ${countedThrough}`;
  return [`${through}, version ${version}.`, notes, `Written to ${file}.`].filter(Boolean).join('\n');
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw usageFailure(`${file} cannot be written: ${messageOf(error)}.`);
  }
}

/** Adds the metric of the sort to the shown ones. */
function withSorted(list: string, sort: string | undefined): string {
  const metric = metrics.find((name) => name === sort?.replace(/^-/, ''));
  return metric === undefined || list.split(',').includes(metric) ? list : `${list},${metric}`;
}
