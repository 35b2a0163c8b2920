import type { Command, OptionValues } from '@commander-js/extra-typings';
import { groups } from '../../lambdas/domain/reports/groups';
import { metrics } from '../../lambdas/domain/reports/metrics';

/** Adds the options of a report to a command that shows or saves one. */
export function addReportOptions<Values extends unknown[], Options extends OptionValues>(
  command: Command<Values, Options>,
) {
  return command
    .option('--from <time>', 'from this day, or a time on a quarter of an hour (default: six days before the end)')
    .option('--to <time>', 'to the end of this day, or to this time (default: today)')
    .option('--days <number>', 'number of days before the end, instead of --from (default: 7)')
    .option('--timezone <zone>', 'time zone of days, such as Europe/Berlin (default: UTC)')
    .option('--by <date>', 'date that conversions count on: click, conversion or booked (default: click)')
    .option('--group <groups>', `up to five, separated by commas: ${groups.join(', ')}`)
    .option(
      '--metrics <metrics>',
      `separated by commas, or all (clicks, conversions, cr, revenue, cost, profit): ${metrics.join(', ')}`,
    )
    .option(
      '--filter <condition...>',
      'country:US|CA is, device!:mobile is not, sub1~abc contains, offer: is not known; all must hold',
    )
    .option('--currency <code>', 'convert all money by the rates of each day')
    .option('--sort <metric>', 'by a metric or a group; -revenue for the greatest first')
    .option('--limit <number>', 'maximum rows; one row adds up the others');
}
