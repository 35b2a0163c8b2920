import type { Command, OptionValues } from '@commander-js/extra-typings';
import { groups } from '../../lambdas/domain/reports/groups';
import { metrics } from '../../lambdas/domain/reports/metrics';

/** What a report is asked for, now or when it is saved. */
export function addReportOptions<Values extends unknown[], Options extends OptionValues>(
  command: Command<Values, Options>,
) {
  return command
    .option(
      '--from <time>',
      'from this day on, or a time on a quarter of an hour; six days before its end where nothing is said',
    )
    .option('--to <time>', 'up to this day, itself included, or before this time; today where nothing is said')
    .option('--days <number>', 'so many days up to its end, in the place of --from (7)')
    .option('--timezone <zone>', 'where days begin, such as Europe/Berlin (UTC)')
    .option(
      '--by <date>',
      'count conversions on the date of the click, of the conversion, or when it was booked (click)',
    )
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
    .option('--limit <number>', 'so many rows; all others are added up in one');
}
