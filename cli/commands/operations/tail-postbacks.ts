import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { LogRow } from '../../../operator/answers';
import { addExamples } from '../../help';
import { follow } from '../../../operator/log/follow';
import { logQuery } from '../../operations/log/log-filter';
import { rowLine } from '../../operations/log/row-text';
import { readCount } from '../../operations/extent';
import { readMoment } from '../../../operator/moment';
import { tail } from '../../operations/tail';
import { perform } from '../../session';

export function addTailCommand(postbacks: CommandUnknownOpts): void {
  const command = postbacks
    .command('tail')
    .description('postbacks as they come, newest at the bottom, until Ctrl-C; one that is judged again shows again')
    .option('--since <time>', 'begin with what came since then: 5m, or a time (1m)')
    .option('--every <seconds>', 'ask so often (2)')
    .option('--integration <id>', 'of this integration')
    .option('--campaign <id>', 'of this campaign')
    .option('--click <id>', 'of this click')
    .option('--result <result>', 'recorded, updated, duplicate, queued, test, dry_run, rejected or error')
    .option('--reason <reason>', 'such as AMOUNT_INVALID')
    .option('--warning <warning>', 'with this warning, such as AMOUNT_UNREAD')
    .option('--transaction <id>', 'about this transaction ID')
    .action(({ since = '1m', every = '2', ...filter }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const seconds = readCount('--every', every);
        const query = logQuery(filter);
        const log = follow(await connect(), query, readMoment('--since', since, Date.now()));
        const shown = { lineOf: rowLine, kindOf: ({ result }: LogRow) => result, what: 'postback' };
        await tail({ next: log.next, ...shown }, seconds, output);
      }),
    );
  addExamples(
    command,
    'tracker postbacks tail --integration acme',
    'tracker postbacks tail --result rejected --json | jq -r .message',
  );
}
