import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { auditedTimes } from '../../lambdas/domain/facts/audit-cells';
import { quietBefore } from '../../lambdas/domain/facts/recount-quiet';
import type { AdminApi } from '../../operator/api/admin-api';
import { auditReports, type AuditPeriod } from '../../operator/audit/audit';
import { usageFailure } from '../../operator/failure';
import { readMoment } from '../../operator/moment';
import {
  changesNothing,
  discardRecount,
  prepareRecount,
  takeRecount,
  type RecountScope,
} from '../../operator/recount/recount';
import { readNumber } from '../configuration/flags/values';
import { exitCode } from '../exit-code';
import { addExamples } from '../help';
import { auditText, auditView } from '../operations/reports/audit-text';
import { recountAnswerOf, recountText } from '../operations/reports/recount-text';
import { perform } from '../session';
import { confirm } from '../terminal/confirm';
import type { Output } from '../terminal/output';
import { startProgress } from '../terminal/progress';

/** The commands that keep reports correct; `tracker report` shows a report. */
export function addReportsCommands(program: CommandUnknownOpts): void {
  const reports = program.command('reports').description('audit and recount of reports');
  addReportAuditCommand(reports);
  addReportRebuildCommand(reports);
}

function addReportAuditCommand(reports: CommandUnknownOpts): void {
  const command = reports
    .command('audit')
    .description(
      'compares the counts of reports with a scan of the tables, cell by cell: campaign, quarter of an hour of the click, event, status, currency; reads every row of both tables; exit code 1 if they differ',
    )
    .option('--since <time>', 'clicks since a duration ago (1d, 7d) or a time (default: a day before the end)')
    .option('--until <time>', 'clicks until this time (default: half an hour ago)')
    .option('--pause <seconds>', 'time between two checks of a difference, which may be a pending change', '60')
    .option('--repair', 'correct differences: shows the corrections, then asks; rows of the last 25 hours wait')
    .option('--dry-run', 'with --repair: show the corrections, and change nothing')
    .option('--yes', 'with --repair: do not ask')
    .action(({ since, until, pause, repair, dryRun, yes }, self) =>
      perform(self, async ({ api: connect, output }) => {
        if (repair !== true && (dryRun === true || yes === true)) {
          throw usageFailure('--dry-run and --yes need --repair: without it an audit changes nothing.');
        }
        const period = readAuditPeriod(since, until);
        const pauseMilliseconds = readNumber('--pause', pause) * 1000;
        const api = await connect();
        const result = await auditReports(api, period, pauseMilliseconds);
        if (repair !== true || result.drift.length === 0) {
          output.answer(auditView(result), () => auditText(result));
          return result.drift.length === 0 ? exitCode.fine : exitCode.finding;
        }
        output.note(auditText(result));
        const scope = { purpose: 'repair', ...period } as const;
        return correct(api, output, scope, period, { dryRun, yes, pauseMilliseconds });
      }),
    );
  addExamples(
    command,
    'tracker reports audit',
    'tracker reports audit --since 7d --stage prod',
    'tracker reports audit --since 2026-11-23 --until 2026-11-24 --json',
    'tracker reports audit --since 2026-11-23 --until 2026-11-24 --repair',
  );
}

function readAuditPeriod(since: string | undefined, until: string | undefined): AuditPeriod {
  const now = Date.now();
  const read = (option: string, text: string | undefined): number | undefined =>
    text === undefined ? undefined : Date.parse(readMoment(option, text, now));
  const { start, end } = auditedTimes(read('--since', since), read('--until', until), now);
  if (start >= end) throw usageFailure('--since must be before --until, which is half an hour ago by default.');
  return { since: new Date(start).toISOString(), until: new Date(end).toISOString() };
}

/** The period that a rebuild audits at its end: the longest that an audit takes. */
const lookedAtMilliseconds = 7 * 86_400_000;

function addReportRebuildCommand(reports: CommandUnknownOpts): void {
  const command = reports
    .command('rebuild')
    .description(
      'counts everything again from the tables, beside the present reports, then asks, and changes all in one moment: for a stage with clicks from before it had reports; resumes after an interruption',
    )
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--yes', 'do not ask')
    .action((options, self) =>
      perform(self, async ({ api, output }) => {
        const quiet = quietBefore(Date.now());
        const period = {
          since: new Date(quiet - lookedAtMilliseconds).toISOString(),
          until: new Date(quiet).toISOString(),
        };
        return correct(await api(), output, { purpose: 'rebuild' }, period, { ...options, pauseMilliseconds: 60_000 });
      }),
    );
  addExamples(command, 'tracker reports rebuild --dry-run', 'tracker reports rebuild --stage prod');
}

interface CorrectionOptions {
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
  readonly pauseMilliseconds: number;
}

/** Recounts, asks for confirmation, applies the recount to the reports, and audits the period again. */
async function correct(
  api: AdminApi,
  output: Output,
  scope: RecountScope,
  period: AuditPeriod,
  { dryRun, yes, pauseMilliseconds }: CorrectionOptions,
) {
  const ready = await prepareRecount(api, scope, startProgress);
  if (dryRun === true || changesNothing(ready.recount)) {
    await discardRecount(api, ready.recount);
    output.answer({ changed: false, recount: recountAnswerOf(ready) }, () => recountText(ready));
    if (dryRun === true) output.note('Nothing was changed. Run it without --dry-run to apply the changes.');
    return scope.purpose === 'repair' ? exitCode.finding : exitCode.fine;
  }
  output.note(recountText(ready));
  await confirm('Take these corrections into the reports?', yes).catch(async (error: unknown) => {
    await discardRecount(api, ready.recount);
    throw error;
  });
  await takeRecount(api, ready.recount);
  const after = await auditReports(api, period, pauseMilliseconds);
  output.answer({ changed: true, recount: recountAnswerOf(ready), audit: auditView(after) }, () => auditText(after));
  return after.drift.length === 0 ? exitCode.fine : exitCode.finding;
}
