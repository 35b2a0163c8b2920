import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { sourceDay } from '../../../operator/deliveries/source-days';
import { addExamples } from '../../help';
import { sourceDaysText } from '../../operations/deliveries/source-days-text';
import { perform } from '../../session';

export function addSourceDaysCommand(source: CommandUnknownOpts): void {
  const command = source
    .command('days')
    .argument('<id>', 'ID of the source')
    .description('lists reports to a source by day: sent, accepted, rejected with its reasons, skipped by reason')
    .option('--from <day>', 'the first day (default: six days before the last)')
    .option('--to <day>', 'the last day, inclusive (default: today)')
    .option('--timezone <zone>', 'time zone of days, such as Europe/Berlin (default: UTC)')
    .action((id, { from, to, timezone }, self) =>
      perform(self, async ({ api, output }) => {
        const days = await (await api()).all(['sources', id, 'days'], sourceDay, { from, to, timezone });
        output.answer(days, () =>
          days.length === 0 ? `${id} had no deliveries on these days.` : sourceDaysText(days),
        );
      }),
    );
  addExamples(
    command,
    'tracker source days news --from 2026-11-01 --to 2026-11-30 --timezone Europe/Berlin',
    'tracker source days news --json',
  );
}
