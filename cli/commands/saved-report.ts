import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import * as v from 'valibot';
import { given } from '../configuration/flags/values';
import { usageFailure } from '../../operator/failure';
import { addExamples } from '../help';
import { perform } from '../session';
import { addDocumentCommands } from './configuration/document-commands';
import { runPut } from './configuration/put-document';

/** The options of "report", whichever of its commands got them. */
const reportOptions = v.object({
  filter: v.optional(v.array(v.string())),
  metrics: v.optional(v.string()),
  saved: v.optional(v.string()),
  csv: v.optional(v.string()),
  ...v.entriesFromList(
    ['from', 'to', 'days', 'timezone', 'by', 'group', 'currency', 'sort', 'limit'],
    v.optional(v.string()),
  ),
});

/** The commands of saved reports, which a team names and shows again. */
export function addSavedReportCommands(report: CommandUnknownOpts): void {
  addDocumentCommands(report, {
    kind: 'report',
    columns: ['group', 'filter', 'days', 'from', 'to'].map((field) => ({
      heading: field,
      cell: (document) => document[field],
    })),
    example: 'weekly',
    deletion: 'What it counts stays.',
  });
  const save = report
    .command('save')
    .argument('<id>', 'ID of the report')
    .description('saves the options of "tracker report" under a name, without numbers')
    .option('--name <text>', 'display name')
    .option('--file <file>', 'YAML or JSON; - for standard input')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--yes', 'do not ask')
    .action((id, { name, ...options }, self) =>
      perform(self, (session) => {
        // Both commands have the same options, which commander gives to the parent.
        const { filter, metrics, saved, csv, ...fields } = v.parse(reportOptions, report.opts());
        if (saved !== undefined || csv !== undefined)
          throw usageFailure('A saved report cannot hold --saved or --csv: remove them.');
        const all = { name, ...fields, filter: filter?.join(','), metrics: metrics === 'all' ? undefined : metrics };
        const asked = given(all);
        // Replaces the whole report: options that are not given again are dropped.
        const change = (base: object): object => (options.file === undefined ? asked : { ...base, ...asked });
        return runPut(session, { kind: 'report', id, ...options, fresh: {}, change: (base) => ({ ...change(base) }) });
      }),
    );
  addExamples(
    save,
    'tracker report save weekly --days 7 --group campaign,source --metrics clicks,conversions,revenue,cost',
    'tracker report save weekly --file weekly.yaml',
  );
}
