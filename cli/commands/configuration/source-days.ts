import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { sourceDay } from '../../../operator/deliveries/source-days';
import { addExamples } from '../../help';
import { sourceDaysText } from '../../operations/deliveries/source-days-text';
import { perform } from '../../session';

export function addSourceDaysCommand(source: CommandUnknownOpts): void {
  const command = source
    .command('days')
    .argument('<id>', 'its ID')
    .description('what a source was told on each day: sent, accepted, rejected in its words, skipped by reason')
    .option('--from <day>', 'the first day; six days before the last where nothing is said')
    .option('--to <day>', 'the last day, itself included; today where nothing is said')
    .option('--timezone <zone>', 'where days begin, such as Europe/Berlin (UTC)')
    .action((id, { from, to, timezone }, self) =>
      perform(self, async ({ api, output }) => {
        const days = await (await api()).all(['sources', id, 'days'], sourceDay, { from, to, timezone });
        output.answer(days, () =>
          days.length === 0 ? `${id} had nothing to be told in these days.` : sourceDaysText(days),
        );
      }),
    );
  addExamples(
    command,
    'tracker source days news --from 2026-11-01 --to 2026-11-30 --timezone Europe/Berlin',
    'tracker source days news --json',
  );
}
