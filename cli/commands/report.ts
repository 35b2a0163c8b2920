import { writeFileSync } from 'node:fs';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import * as v from 'valibot';
import { groups } from '../../lambdas/domain/reports/groups';
import { metrics } from '../../lambdas/domain/reports/metrics';
import { Failure, messageOf, usageFailure } from '../../operator/failure';
import { addExamples } from '../help';
import { askReport, report } from '../../operator/report/ask-report';
import { reportText } from '../operations/report/report-text';
import { perform } from '../session';

/** What fits beside the groups on a terminal; all metrics are a word away. */
const usualMetrics = 'clicks,conversions,cr,revenue,cost,profit';

export function addReportCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('report')
    .description('reports clicks, conversions, revenue and cost of a period, by any groups')
    .option('--from <time>', 'from this day, or a time on a quarter of an hour (default: six days before the end)')
    .option('--to <time>', 'to the end of this day, or to this time (default: today)')
    .option('--timezone <zone>', 'time zone of days, such as Europe/Berlin (default: UTC)')
    .option('--by <date>', 'date that conversions count on: click, conversion or booked (default: click)')
    .option('--group <groups>', `up to five, separated by commas: ${groups.join(', ')}`)
    .option('--metrics <metrics>', `separated by commas, or all (${usualMetrics}): ${metrics.join(', ')}`)
    .option(
      '--filter <condition...>',
      'country:US|CA is, device!:mobile is not, sub1~abc contains, offer: is not known; all must hold',
    )
    .option('--currency <code>', 'convert all money by the rates of each day')
    .option('--sort <metric>', 'by a metric or a group; -revenue for the greatest first')
    .option('--limit <number>', 'maximum rows; one row adds up the others')
    .option('--csv <file>', 'write CSV to this file')
    .action(({ csv, filter, metrics: asked, ...query }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const chosen = asked ?? (csv === undefined && !output.json ? withSorted(usualMetrics, query.sort) : 'all');
        const parameters = {
          ...query,
          filter: filter?.join(','),
          metrics: chosen === 'all' ? undefined : chosen,
          format: csv === undefined ? undefined : 'csv',
        };
        const answer = await askReport(await connect(), parameters);
        if (csv === undefined) {
          const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), report), answer.text);
          if (!reading.success) {
            throw new Failure('unreachable', 'The tracker answered a report that this command does not understand.', {
              hint: 'Check that both have the same version.',
            });
          }
          return output.answer(reading.output, () => reportText(reading.output));
        }
        write(csv, answer.text);
        const counted = {
          file: csv,
          countedThrough: answer.header('x-counted-through') ?? null,
          version: answer.header('x-report-version') ?? '',
          notes: answer.header('x-report-notes') ?? '',
        };
        output.answer(counted, () => {
          const through =
            counted.countedThrough === null ? 'Nothing was counted yet' : `Counted through ${counted.countedThrough}`;
          return [`${through}, version ${counted.version}.`, counted.notes, `Written to ${csv}.`]
            .filter(Boolean)
            .join('\n');
        });
      }),
    );
  addExamples(
    command,
    'tracker report --group campaign --from 2026-11-01 --to 2026-11-30 --timezone Europe/Berlin',
    "tracker report --group country,device --filter 'campaign:spring' --sort -revenue --limit 20",
    'tracker report --group day --by booked --currency EUR',
    'tracker report --group campaign,offer,source,sub1 --from 2026-11-01 --csv november.csv',
  );
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw usageFailure(`${file} cannot be written: ${messageOf(error)}.`);
  }
}

/** What is sorted by is shown, too. */
function withSorted(list: string, sort: string | undefined): string {
  const metric = metrics.find((name) => name === sort?.replace(/^-/, ''));
  return metric === undefined || list.split(',').includes(metric) ? list : `${list},${metric}`;
}
