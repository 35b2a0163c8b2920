import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { hasClickIdShape } from '../../../lambdas/domain/click/click-id';
import { Failure, usageFailure } from '../../../operator/failure';
import { addExamples } from '../../help';
import { conversion } from '../../../operator/answers';
import { conversionPage, conversionRows } from '../../operations/conversions/conversion-text';
import { conversionQuery } from '../../operations/conversions/query';
import { sumsOf } from '../../../operator/conversions/sums';
import { sumsText } from '../../operations/conversions/sums-text';
import { largestPage, take } from '../../../operator/pages';
import { readExtent } from '../../operations/extent';
import { periodText, readPeriodOptions } from '../../operations/period';
import { perform } from '../../session';
import { addConversionExport } from './export-conversions';
import { startProgress } from '../../terminal/progress';

export function addConversionCommands(program: CommandUnknownOpts): void {
  const conversions = program.command('conversions').description('conversions that accepted postbacks recorded');
  addShow(conversions);
  addSearch(conversions);
  addConversionExport(conversions);
}

function addShow(conversions: CommandUnknownOpts): void {
  const command = conversions
    .command('show')
    .argument('<click>', 'click ID')
    .description('shows every conversion of a click with its history, tests included')
    .action((clickId, _options, self) =>
      perform(self, async ({ api: connect, output }) => {
        if (!hasClickIdShape(clickId)) throw usageFailure(`"${clickId}" is no click ID: it has 32 letters and digits.`);
        const found = await (await connect()).all(['conversions'], conversion, { clickId });
        if (found.length === 0) {
          const hint = `"tracker click show ${clickId}" shows its postbacks.`;
          throw new Failure('notFound', `The click ${clickId} has no conversion.`, { hint });
        }
        output.answer(found, () => found.map(conversionPage).join('\n\n'));
      }),
    );
  addExamples(command, 'tracker conversions show 2433cv9m5c7dx4m17tf2xm04ykhzkd4n');
}

function addSearch(conversions: CommandUnknownOpts): void {
  const command = conversions
    .command('search')
    .description(
      'lists conversions of a campaign, an integration or a transaction, newest change first, with their sum',
    )
    .option('--campaign <id>', 'of this campaign')
    .option('--integration <id>', 'of this integration')
    .option('--transaction <id>', 'of this transaction ID, such as an order number')
    .option('--since <time>', 'changed after this age (1h, 2d) or time (default: 24h)')
    .option('--until <time>', 'changed before this age or time (default: now)')
    .option('--tests', 'include tests')
    .option('--limit <number>', 'maximum number (default: 50)')
    .option('--all', 'all, without a maximum')
    .action(({ since, until, limit, all, ...which }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const extent = readExtent({ limit, all });
        const period = readPeriodOptions({ since, until }, Date.now());
        const pageSize = extent.all ? largestPage : Math.min(largestPage, extent.limit + 1);
        const query = { ...conversionQuery(which), ...period, limit: pageSize };
        const pages = (await connect()).pages(['conversions'], conversion, query);
        const { items, more } = await take('conversions read', pages, extent, startProgress);
        output.answer(items, () =>
          items.length === 0
            ? `No conversion was recorded or changed ${periodText(period)}.`
            : [conversionRows(items), '', sumsText(sumsOf(items))].join('\n'),
        );
        if (more)
          output.note('There are more, and the sums are of these only: add --all, or use "conversions export".');
      }),
    );
  addExamples(
    command,
    'tracker conversions search --campaign spring --since 7d',
    'tracker conversions search --campaign spring --since 2026-11-01 --until 2026-11-30 --all --json',
  );
}
