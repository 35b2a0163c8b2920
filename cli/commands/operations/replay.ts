import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { usageFailure } from '../../../operator/failure';
import { exitCode } from '../../exit-code';
import { repeated } from '../../configuration/flags/values';
import type { AdminApi } from '../../../operator/api/admin-api';
import { addExamples } from '../../help';
import { readPeriodOptions } from '../../operations/period';
import { noMoney } from '../../../operator/replay/money';
import { payableText } from '../../operations/replay/payable-text';
import { readReplayReason, readReplayResult, readReplayWarning } from '../../operations/replay/words';
import { startProgress } from '../../terminal/progress';
import {
  partOfRequest,
  partsOf,
  replayParts,
  tallyOf,
  type ReplayOutcome,
  type ReplayPart,
} from '../../../operator/replay/replay';
import { perform } from '../../session';
import { confirm } from '../../terminal/confirm';
import { counted } from '../../../operator/counted';
import { style } from '../../terminal/style';
import { table } from '../../terminal/table';

interface ReplayOptions {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly integration?: string | undefined;
  readonly campaign?: string | undefined;
  readonly click?: string | undefined;
  readonly result?: string | undefined;
  readonly reason?: string | undefined;
  readonly warning?: string | undefined;
  readonly request?: readonly string[] | undefined;
}

export function addReplayCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('replay')
    .description(
      'judges logged postbacks again with the present configuration, as of their receipt; shows the changes, then asks; exit code 1 if some stay rejected',
    )
    .option('--since <time>', 'received after this age (90m, 1h, 2d) or time (2026-11-23T10:00Z)')
    .option('--until <time>', 'received before this age or time (default: now)')
    .option('--integration <id>', 'of this integration')
    .option('--campaign <id>', 'of this campaign')
    .option('--click <id>', 'of this click')
    .option('--result <result>', 'rejected, error or queued (default: all three, and missing amounts)')
    .option('--reason <reason>', 'such as STATUS_UNKNOWN')
    .option('--warning <warning>', 'adds what this warning says is missing, such as AMOUNT_UNREAD')
    .option('--request <id>', 'this request (repeatable)', repeated)
    .option('--dry-run', 'show the changes, and make none')
    .option('--yes', 'do not ask')
    .action(({ dryRun, yes, ...options }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const find = partsFinder(options);
        const api = await connect();
        const parts = await find(api);
        const rows = parts.reduce((sum, part) => sum + part.rows, 0);
        if (rows === 0) {
          output.answer(nothing(dryRun === true), () => 'The log has nothing there that a replay could change.');
          return exitCode.fine;
        }
        if (dryRun === true || yes !== true) {
          const foreseen = await replayParts(api, parts, true, startProgress);
          if (dryRun === true) {
            output.answer(foreseen, () => outcomeText(foreseen));
            output.note('Nothing was changed. Without --dry-run it is done.');
            return exitCode.fine;
          }
          output.note(outcomeText(foreseen));
          await confirm(`Replay ${counted(rows, 'postback')}?`, yes);
        }
        const outcome = await replayParts(api, parts, false, startProgress);
        output.answer(outcome, () => outcomeText(outcome));
        return tallyOf(outcome).refused + outcome.notReplayable > 0 ? exitCode.finding : exitCode.fine;
      }),
    );
  addExamples(
    command,
    'tracker replay --since 2h --integration acme --reason STATUS_UNKNOWN --dry-run',
    'tracker replay --since 7d --integration acme --warning AMOUNT_UNREAD --dry-run',
    'tracker replay --since 2026-11-23T10:00Z --until 2026-11-23T12:00Z --yes',
    'tracker replay --request 06h0mgzbe5e2k390zqq4j647',
  );
}

/** Checks the options before any request. */
function partsFinder({ request, result, reason, warning, click, since, until, ...where }: ReplayOptions) {
  if (request !== undefined) {
    const others = [since, until, result, reason, warning, click, ...Object.values(where)];
    if (others.some((option) => option !== undefined)) {
      throw usageFailure('--request selects the postbacks: omit the other filters.');
    }
    return async (api: AdminApi): Promise<readonly ReplayPart[]> => {
      const parts = [];
      for (const requestId of request) parts.push(await partOfRequest(api, requestId));
      return parts;
    };
  }
  if (since === undefined) throw usageFailure('Give the start: --since 1h, or --since 2026-11-23T10:00Z.');
  const now = Date.now();
  const period = readPeriodOptions({ since, until }, now);
  const filter = {
    since: period.since ?? '',
    until: period.until ?? new Date(now).toISOString(),
    ...where,
    clickId: click,
    result: result === undefined ? undefined : readReplayResult(result),
  };
  if (warning !== undefined && (result !== undefined || reason !== undefined)) {
    throw usageFailure('--warning is about recorded postbacks, --result and --reason are about the others: use one.');
  }
  const choice = {
    reason: reason === undefined ? undefined : readReplayReason(reason),
    warning: warning === undefined ? undefined : readReplayWarning(warning),
  };
  return (api: AdminApi): Promise<readonly ReplayPart[]> => partsOf(api, filter, choice, startProgress);
}

function nothing(dryRun: boolean): ReplayOutcome {
  return { dryRun, examined: 0, replayed: 0, notReplayable: 0, changed: 0, changes: [], money: noMoney };
}

function outcomeText(outcome: ReplayOutcome): string {
  const { dryRun, notReplayable, changes, money } = outcome;
  const lines = [
    table(
      ['before', dryRun ? 'would be' : 'now', 'postbacks'],
      changes.map(({ before, after, postbacks, outcome: became }) => [
        before,
        became === 'taken' || became === 'filled' ? style.good(after) : after,
        String(postbacks),
      ]),
    ),
    payableText(money, dryRun),
    tallyText(outcome),
  ].filter((part) => part !== '');
  if (notReplayable > 0) {
    lines.push(
      style.warning(`${counted(notReplayable, 'row')} no longer hold the request: their senders must send again.`),
    );
  }
  return lines.join('\n\n');
}

function tallyText(outcome: ReplayOutcome): string {
  const { dryRun, examined } = outcome;
  const { taken, refused, filled, unfilled } = tallyOf(outcome);
  const parts = [
    ...(taken + refused > 0 || filled + unfilled === 0
      ? [
          dryRun
            ? `${taken} would be accepted and ${refused} would stay rejected`
            : `${taken} are accepted now and ${refused} stay rejected`,
        ]
      : []),
    ...(filled + unfilled > 0
      ? [
          dryRun
            ? `${filled} would be filled in and ${unfilled} would stay as they are`
            : `${filled} are filled in now and ${unfilled} stay as they are`,
        ]
      : []),
  ];
  return `Of ${counted(examined, 'postback')} ${parts.join('; ')}.`;
}
