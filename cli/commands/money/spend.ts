import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { given, readMoneyFlag, readPairs, repeated } from '../../configuration/flags/values';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { addDocumentCommands } from '../configuration/document-commands';
import { putCommand, runPut } from '../configuration/put-document';

/** What was spent in a period, where clicks do not say it themselves. */
export function addSpendCommands(program: CommandUnknownOpts): void {
  const spend = program.command('spend').description('spend of a period, which reports spread over its clicks');
  addDocumentCommands(spend, {
    kind: 'cost',
    columns: ['campaign', 'source', 'from', 'to', 'amount', 'currency'].map((field) => ({
      heading: field,
      cell: (document) => document[field],
    })),
    example: 'news-2026-11',
    deletion: 'Its clicks then cost what they say themselves, in every report.',
  });
  const put = putCommand(spend, 'cost')
    .option('--name <text>', 'display name')
    .option('--campaign <id>', 'spread over the clicks of this campaign')
    .option('--offer <id>', 'only clicks to this offer')
    .option('--source <source>', 'only clicks of this source')
    .option('--sub <name=value>', 'only clicks with this value, such as sub1=kw7 (repeatable)', repeated)
    .option('--from <day>', 'the first day')
    .option('--to <day>', 'the last day, inclusive')
    .option('--timezone <zone>', 'time zone of those days, such as America/New_York (default: UTC)')
    .option('--amount <money>', 'an amount and a currency: "257.00 USD"')
    .action((id, { file, dryRun, yes, sub = [], amount, ...fields }, self) =>
      perform(self, (session) =>
        runPut(session, {
          kind: 'cost',
          id,
          file,
          dryRun,
          yes,
          fresh: {},
          change: (base) => ({
            ...base,
            ...given(fields),
            ...readPairs('--sub', sub),
            ...(amount !== undefined && readMoneyFlag('--amount', amount)),
          }),
        }),
      ),
    );
  addExamples(
    put,
    'tracker spend put news-2026-11 --campaign spring --source news --from 2026-11-01 --to 2026-11-30 --amount "257.00 USD"',
    'tracker spend put news-2026-11 --file news.yaml',
  );
}
