import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { usageFailure } from '../../../operator/failure';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { deliveryRows, deliveryPage, stateText } from '../../operations/deliveries/delivery-text';
import { delivery } from '../../../operator/deliveries/delivery';
import { largestPage, take } from '../../../operator/pages';
import { readExtent } from '../../operations/extent';
import { periodText, readPeriodOptions } from '../../operations/period';
import { perform } from '../../session';
import { addTailDeliveriesCommand } from './tail-deliveries';
import { startProgress } from '../../terminal/progress';

export function addDeliveryCommands(program: CommandUnknownOpts): void {
  const deliveries = program.command('deliveries').description('postbacks to traffic sources');
  addTailDeliveriesCommand(deliveries);
  addSearch(deliveries);
  addShow(deliveries);
  addResend(deliveries);
}

function addSearch(deliveries: CommandUnknownOpts): void {
  const command = deliveries
    .command('search')
    .description('lists deliveries to a source, or of a click, newest first')
    .option('--source <id>', 'to this source')
    .option('--click <id>', 'of the conversions of this click, of any time')
    .option('--state <state>', 'due, delivered, failed, exhausted, skipped, superseded or held')
    .option('--reason <reason>', 'with this reason, such as SERVER_ERROR')
    .option('--since <time>', 'made after this age (1h, 2d) or time (default: 24h)')
    .option('--until <time>', 'made before this age or time (default: now)')
    .option('--limit <number>', 'maximum number (default: 50)')
    .option('--all', 'all, without a maximum')
    .action(({ source, click: clickId, state, reason, since, until, limit, all }, self) =>
      perform(self, async ({ api: connect, output }) => {
        if (source === undefined && clickId === undefined) throw usageFailure('Give --source or --click.');
        const extent = readExtent({ limit, all });
        const period = readPeriodOptions({ since, until }, Date.now());
        const pageSize = extent.all ? largestPage : Math.min(largestPage, extent.limit + 1);
        const query = { source, clickId, state, reason: reason?.toUpperCase(), ...period, limit: pageSize };
        const pages = (await connect()).pages(['deliveries'], delivery, query);
        const { items, more } = await take('deliveries read', pages, extent, startProgress);
        output.answer(items, () =>
          items.length === 0 ? `No delivery matches ${periodText(period)}.` : deliveryRows(items),
        );
        if (more) output.note('There are more: add --all.');
      }),
    );
  addExamples(
    command,
    'tracker deliveries search --source news --state failed --since 7d',
    'tracker deliveries search --click 2433cv9m5c7dx4m17tf2xm04ykhzkd4n --json',
  );
}

function addShow(deliveries: CommandUnknownOpts): void {
  const command = deliveries
    .command('show')
    .argument('<delivery>', 'its ID')
    .description('shows one delivery: its content, state, last request and answer, with secrets masked')
    .action((id, _, self) =>
      perform(self, async ({ api, output }) => {
        const found = await (await api()).call('GET', ['deliveries', id], delivery);
        output.answer(found, () => deliveryPage(found));
      }),
    );
  addExamples(command, 'tracker deliveries show 0f3b6c1d9a5e47288c41d0b7e6a2f935');
}

function addResend(deliveries: CommandUnknownOpts): void {
  const command = deliveries
    .command('resend')
    .argument('<delivery>', 'its ID')
    .description('sends a delivery again in any state; the source may count it twice')
    .action((id, _, self) =>
      perform(self, async ({ api, output }) => {
        const resent = await (await api()).call('POST', ['deliveries', id, 'resend'], delivery);
        output.answer(resent, () => `Delivery ${resent.id} is ${stateText(resent)}, and is sent now.`);
        return exitCode.fine;
      }),
    );
  addExamples(command, 'tracker deliveries resend 0f3b6c1d9a5e47288c41d0b7e6a2f935');
}
