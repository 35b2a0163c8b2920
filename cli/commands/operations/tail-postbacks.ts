import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../../../operator/failure';
import { addExamples } from '../../help';
import { follow } from '../../../operator/log/follow';
import { logQuery } from '../../operations/log/log-filter';
import { rowLine } from '../../operations/log/row-text';
import { readCount } from '../../operations/extent';
import { readMoment } from '../../../operator/moment';
import { perform } from '../../session';
import { counted } from '../../../operator/counted';
import { interruption } from '../../terminal/interrupt';

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
        const ended = interruption();
        const results = new Map<string, number>();
        // The first look must succeed: there may be no tracker at all.
        for (let rows = await log.next(); !ended.aborted; rows = await patiently(log.next, output.note)) {
          for (const row of rows) {
            output.item(row, () => rowLine(row));
            results.set(row.result, (results.get(row.result) ?? 0) + 1);
          }
          await delay(seconds * 1000, undefined, { signal: ended }).catch(() => undefined);
        }
        output.note(`\n${summary(results)}`);
      }),
    );
  addExamples(
    command,
    'tracker postbacks tail --integration acme',
    'tracker postbacks tail --result rejected --json | jq -r .message',
  );
}

/** Whoever watches through an outage wants to see its end: what cannot be read now is read the next time. */
async function patiently<Row>(
  next: () => Promise<readonly Row[]>,
  note: (text: string) => void,
): Promise<readonly Row[]> {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'unreachable') throw error;
    note(`${error.message} Trying again.`);
    return [];
  }
}

function summary(results: ReadonlyMap<string, number>): string {
  const total = [...results.values()].reduce((sum, number) => sum + number, 0);
  if (total === 0) return 'No postback came.';
  return `${counted(total, 'postback')}: ${[...results].map(([result, number]) => `${number} ${result}`).join(', ')}.`;
}
