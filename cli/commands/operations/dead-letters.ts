import { setTimeout as delay } from 'node:timers/promises';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { usageFailure } from '../../../operator/failure';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import type { DeadLetter } from '../../../operator/answers';
import { lookAtLetters, redriveAll, type LetterFilter, type Redriven } from '../../../operator/letters/redrive';
import { largestPage } from '../../../operator/pages';
import { readCount } from '../../operations/extent';
import { shownIdLength } from '../../../operator/letters/one-letter';
import { perform } from '../../session';
import { confirm } from '../../terminal/confirm';
import { counted } from '../../../operator/counted';
import { style } from '../../terminal/style';
import { table } from '../../terminal/table';
import { addOneLetterCommands } from './one-dead-letter';
import { startProgress } from '../../terminal/progress';

const kinds: readonly string[] = ['postback', 'click', 'log', 'unknown'];

export function addDeadLetterCommands(program: CommandUnknownOpts): void {
  const deadLetters = program
    .command('dead-letters')
    .description('acknowledged messages that the tracker gave up on after five days; kept for 14 days');
  addList(deadLetters);
  addOneLetterCommands(deadLetters);
  addRedrive(deadLetters);
}

function addList(deadLetters: CommandUnknownOpts): void {
  const command = deadLetters
    .command('list')
    .description('lists dead letters, oldest first, with the reason of each; exit code 1 if there are some')
    .option('--limit <number>', 'maximum number (default: 50)')
    .action(({ limit = '50' }, self) =>
      perform(self, async ({ api, output }) => {
        const asked = Math.min(readCount('--limit', limit), largestPage);
        const { items, more } = await lookAtLetters(await api(), {}, asked);
        output.answer(items, () => (items.length === 0 ? 'There are no dead letters.' : lettersTable(items)));
        if (more) output.note('There are, or may be, more: a queue shows no more than this at a time.');
        if (items.length === 0) return exitCode.fine;
        output.note('Fix the cause, then run "tracker dead-letters redrive" to try them again.');
        return exitCode.finding;
      }),
    );
  addExamples(
    command,
    'tracker dead-letters list',
    "tracker dead-letters list --limit 200 --json | jq -r '.[].reason'",
  );
}

function addRedrive(deadLetters: CommandUnknownOpts): void {
  const command = deadLetters
    .command('redrive')
    .description(
      'moves dead letters back to where they are tried again, until none is left; exit code 1 where some are',
    )
    .option('--reason <reason>', 'STORAGE_REFUSED, MESSAGE_UNREADABLE, FUNCTION_DIED or RECEIVED_TOO_OFTEN')
    .option('--kind <kind>', kinds.join(', '))
    .option('--dry-run', 'show the messages, and move nothing')
    .option('--yes', 'do not ask')
    .action(({ reason, kind, dryRun, yes }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const filter = { reason: reason?.toUpperCase(), kind: readKind(kind) };
        const api = await connect();
        const { items, more } = await lookAtLetters(api, filter);
        const atLeast = more ? 'at least ' : '';
        if (dryRun === true) {
          const answer = { dryRun: true, found: items.length, more, reasons: byReason(items) };
          output.answer(
            answer,
            () => `${atLeast}${counted(items.length, 'dead letter')} would be moved.\n${reasonsTable(items)}`,
          );
          return exitCode.fine;
        }
        if (items.length === 0 && !more) {
          output.answer({ redriven: 0, notSent: 0, left: 0 }, () => 'No dead letter matches: nothing was moved.');
          return exitCode.fine;
        }
        await confirm(`Have ${atLeast}${counted(items.length, 'dead letter')} tried again?`, yes);
        const redriven = await redriveAll(api, filter, startProgress);
        const back = await cameBack(() => lookAtLetters(api, filter));
        output.answer({ ...redriven, left: back.length }, () => redrivenText(redriven, back, filter));
        return back.length > 0 || redriven.notSent > 0 ? exitCode.finding : exitCode.fine;
      }),
    );
  addExamples(
    command,
    'tracker dead-letters redrive --dry-run',
    'tracker dead-letters redrive --reason STORAGE_REFUSED --yes',
  );
}

function readKind(kind: string | undefined): string | undefined {
  if (kind === undefined || kinds.includes(kind)) return kind;
  throw usageFailure(`--kind is ${kinds.join(', ')}, not "${kind}".`);
}

/** Waits before it reports success: an unreadable letter returns to the queue immediately. */
async function cameBack(look: () => ReturnType<typeof lookAtLetters>): Promise<readonly DeadLetter[]> {
  await delay(1000);
  return (await look()).items;
}

function lettersTable(letters: readonly DeadLetter[]): string {
  return table(
    ['letter', 'failed first', 'kind', 'reason', 'request', 'problem'],
    letters.map(({ messageId, firstFailedAt, kind, reason, requestId = '', problem = '' }) => [
      messageId.slice(0, shownIdLength),
      firstFailedAt,
      kind,
      style.bad(reason),
      requestId,
      problem,
    ]),
  );
}

function byReason(letters: readonly DeadLetter[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { reason } of letters) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function reasonsTable(letters: readonly DeadLetter[]): string {
  return table(
    ['reason', 'letters'],
    Object.entries(byReason(letters)).map(([reason, number]) => [reason, String(number)]),
  );
}

function redrivenText(
  { redriven, notSent, more }: Redriven,
  back: readonly DeadLetter[],
  filter: LetterFilter,
): string {
  const lines = [`${counted(redriven, 'dead letter')} moved back to the retry queue.`];
  if (notSent > 0) lines.push(style.bad(`${notSent} were not taken by the retry queue, and stay where they are.`));
  if (back.length > 0) {
    lines.push(
      style.bad(
        `${counted(back.length, 'dead letter')} ${back.length === 1 ? 'is' : 'are'} here again or still: the cause is not fixed.`,
      ),
      lettersTable(back),
    );
  } else if (more) {
    lines.push('There may be more: type it again.');
  } else {
    const all = filter.reason === undefined && filter.kind === undefined;
    lines.push(style.good(all ? 'The dead letter queue is empty.' : 'None of these is left.'));
  }
  return lines.join('\n');
}
