import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { quarterMilliseconds } from '../../lambdas/domain/facts/columns';
import { auditSettlingMilliseconds, type Drift } from '../../lambdas/domain/facts/audit-cells';
import { fromMillionths } from '../../lambdas/domain/values/amount';
import { usageFailure } from '../../operator/failure';
import { exitCode } from '../exit-code';
import { readNumber } from '../configuration/flags/values';
import { addExamples } from '../help';
import { auditReports, type AuditResult } from '../../operator/audit/audit';
import { readMoment } from '../../operator/moment';
import { perform } from '../session';
import { counted } from '../../operator/counted';
import { style } from '../terminal/style';
import { table } from '../terminal/table';

const dayMilliseconds = 86_400_000;

/** What keeps reports right; `tracker report` shows one. */
export function addReportsCommands(program: CommandUnknownOpts): void {
  const reports = program.command('reports').description('what reports are counted from');
  addReportAuditCommand(reports);
}

function addReportAuditCommand(reports: CommandUnknownOpts): void {
  const command = reports
    .command('audit')
    .description(
      'compares what reports count with a scan of the tables, cell by cell: campaign, quarter of an hour of the click, event, status, currency; reads every row of both tables; exit code 1 where they differ',
    )
    .option('--since <time>', 'clicks since so long ago (1d, 7d) or a time; a day before the end where nothing is said')
    .option('--until <time>', 'clicks until then; half an hour ago where nothing is said')
    .option('--pause <seconds>', 'between two looks at a difference, which may be on its way', '60')
    .action(({ since, until, pause }, self) =>
      perform(self, async ({ api, output }) => {
        const now = Date.now();
        const end =
          until === undefined ? now - auditSettlingMilliseconds : Date.parse(readMoment('--until', until, now));
        const start = since === undefined ? end - dayMilliseconds : Date.parse(readMoment('--since', since, now));
        if (start >= end) throw usageFailure('--since must be before --until, which is half an hour ago by default.');
        const period = { since: new Date(start).toISOString(), until: new Date(end).toISOString() };
        const result = await auditReports(await api(), period, readNumber('--pause', pause) * 1000);
        output.answer(viewOf(result), () => auditText(result));
        return result.drift.length === 0 ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(
    command,
    'tracker reports audit',
    'tracker reports audit --since 7d --stage prod',
    'tracker reports audit --since 2026-11-23 --until 2026-11-24 --json',
  );
}

const timeOf = ({ quarter }: Drift): string => new Date(quarter * quarterMilliseconds).toISOString();

function viewOf({ drift, ...result }: AuditResult): object {
  const sum = ({ count, amount }: Drift['stored']) => ({ count: Number(count), amount: fromMillionths(amount) });
  const cells = drift.map(({ stored, counted: shown, ...name }) => ({
    ...name,
    quarter: timeOf({ stored, counted: shown, ...name }),
    stored: sum(stored),
    counted: sum(shown),
  }));
  return { ...result, drift: cells };
}

function auditText({ drift, cells, scanned, since, until, version }: AuditResult): string {
  const where = `clicks from ${since} to ${until}: ${counted(cells, 'cell')}, ${counted(scanned, 'row')} read, facts ${version}`;
  if (drift.length === 0) return `${style.good('✓')} 0 drift. ${where}`;
  const sum = ({ count, amount }: Drift['stored']): string => `${count} / ${fromMillionths(amount)}`;
  const rows = drift.map((one) => [
    one.campaign,
    timeOf(one),
    [one.set, one.event, one.status, one.currency].filter((word) => word !== null).join(' '),
    sum(one.stored),
    sum(one.counted),
  ]);
  return [
    `${style.bad('✗')} ${counted(drift.length, 'cell')} differ. ${where}`,
    table(['campaign', 'quarter hour', 'what', 'stored', 'counted'], rows),
  ].join('\n');
}
