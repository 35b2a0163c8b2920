import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { costModels } from '../../../lambdas/domain/configuration/cost';
import { given, readMoneyFlag, readPairs, repeated } from '../../configuration/flags/values';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { addDocumentCommands } from '../configuration/document-commands';
import { putCommand, runPut } from '../configuration/put-document';

/** The cost of clicks that do not state it: the spend of a period, or the price of their traffic. */
export function addSpendCommands(program: CommandUnknownOpts): void {
  const spend = program
    .command('spend')
    .description('cost of clicks: amounts that reports spread over a period, and cost models');
  addDocumentCommands(spend, {
    kind: 'cost',
    columns: ['model', 'campaign', 'source', 'from', 'to', 'amount', 'currency', 'percent'].map((field) => ({
      heading: field,
      cell: (document) => document[field],
    })),
    example: 'news-2026-11',
    deletion: 'Its clicks then cost what they say themselves, in every report.',
  });
  const put = putCommand(spend, 'cost')
    .option('--name <text>', 'display name')
    .option('--model <model>', `cost model: ${costModels.join(', ')} (default: spread an amount over the period)`)
    .option('--campaign <id>', 'the clicks of this campaign')
    .option('--offer <id>', 'only clicks to this offer')
    .option('--source <source>', 'only clicks of this source')
    .option('--sub <name=value>', 'only clicks with this value, such as sub1=kw7 (repeatable)', repeated)
    .option('--from <day>', 'the first day')
    .option('--to <day>', 'the last day, inclusive; a model may omit it and has no end then')
    .option('--timezone <zone>', 'time zone of those days, such as America/New_York (default: UTC)')
    .option(
      '--amount <money>',
      'an amount and a currency: "257.00 USD"; for a model: of a click, of 1,000 clicks or of a conversion',
    )
    .option('--percent <number>', 'share of revenue that revshare pays')
    .option('--event <event>', 'only event that cpa or revshare pays for')
    .option('--status <status>', 'status that it pays for (repeatable; default: approved and pending)', repeated)
    .action((id, { file, dryRun, yes, sub = [], status, amount, ...fields }, self) =>
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
            ...(status !== undefined && { statuses: status }),
            ...(amount !== undefined && readMoneyFlag('--amount', amount)),
          }),
        }),
      ),
    );
  addExamples(
    put,
    'tracker spend put news-2026-11 --campaign spring --source news --from 2026-11-01 --to 2026-11-30 --amount "257.00 USD"',
    'tracker spend put news-cpc --source news --model cpc --amount "0.05 USD" --from 2026-11-01',
    'tracker spend put news-share --campaign spring --source news --model revshare --percent 30 --from 2026-11-01',
    'tracker spend put news-2026-11 --file news.yaml',
  );
}
