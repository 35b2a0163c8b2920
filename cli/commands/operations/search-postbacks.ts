import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { addExamples } from '../../help';
import { largestPage, take } from '../../../operator/pages';
import { readExtent } from '../../operations/extent';
import { logRow } from '../../../operator/answers';
import { findBatchProgress } from '../../../operator/log/batch-progress';
import { logQuery } from '../../operations/log/log-filter';
import { rowsTable } from '../../operations/log/row-text';
import { periodText, readPeriodOptions } from '../../operations/period';
import { perform } from '../../session';
import { counted } from '../../../operator/counted';
import { startProgress } from '../../terminal/progress';

export function addSearchCommand(postbacks: CommandUnknownOpts): void {
  const command = postbacks
    .command('search')
    .description('lists postbacks of a period, newest first')
    .option('--since <time>', 'from this age (90m, 1h, 2d) or time (2026-11-23T10:00Z) (default: 24h)')
    .option('--until <time>', 'until this age or time (default: now)')
    .option('--integration <id>', 'of this integration')
    .option('--campaign <id>', 'of this campaign')
    .option('--click <id>', 'of this click')
    .option('--result <result>', 'recorded, updated, duplicate, queued, test, dry_run, rejected or error')
    .option('--reason <reason>', 'such as AMOUNT_INVALID')
    .option('--warning <warning>', 'with this warning, such as AMOUNT_UNREAD')
    .option('--transaction <id>', 'about this transaction ID')
    .option('--batch <id>', 'of this batch')
    .option('--key <kid>', 'authenticated by this key, such as k1')
    .option('--limit <number>', 'maximum number (default: 50)')
    .option('--all', 'all, without a maximum')
    .action(({ since, until, limit, all, ...filter }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const extent = readExtent({ limit, all });
        const period = readPeriodOptions({ since, until }, Date.now());
        const query = { ...logQuery(filter), ...period, limit: Math.min(largestPage, extent.limit + 1) };
        if (extent.all) query.limit = largestPage;
        const api = await connect();
        const pages = api.pages(['postbacks'], logRow, query);
        const { items, more } = await take('postbacks read', pages, extent, startProgress);
        const batches = output.json ? undefined : await findBatchProgress(api, items);
        output.answer(items, () =>
          items.length === 0 ? `No postback ${periodText(period)}.` : rowsTable(items, batches),
        );
        if (items.length === 0) return;
        output.note(`${counted(items.length, 'postback')} ${periodText(period)}.`);
        if (more) output.note('There are more: name a shorter time, a higher --limit, or --all.');
        output.note('"tracker postbacks show REQUEST" shows one in full.');
      }),
    );
  addExamples(
    command,
    'tracker postbacks search --result rejected --since 1h',
    'tracker postbacks search --integration acme --reason AMOUNT_INVALID --since 2026-11-23T10:00Z --all --json',
    'tracker postbacks search --click 2433cv9m5c7dx4m17tf2xm04ykhzkd4n --since 30d',
  );
}
