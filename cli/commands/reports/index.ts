import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { addReportAuditCommand } from './audit';

/** What keeps reports right; `tracker report` shows one. */
export function addReportsCommands(program: CommandUnknownOpts): void {
  const reports = program.command('reports').description('what reports are counted from');
  addReportAuditCommand(reports);
}
