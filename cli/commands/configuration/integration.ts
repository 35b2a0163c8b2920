import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { amountFormats } from '../../../lambdas/domain/values/amount';
import { asFields } from '../../../operator/documents/stored-document';
import { withIntegrationFlags } from '../../configuration/flags/integration-flags';
import { repeated } from '../../configuration/flags/values';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { addDocumentCommands } from './document-commands';
import { addConnectionCommands } from './integration-connection';
import { addTestCommand } from './integration-test';
import { putCommand, runPut } from './put-document';

export function addIntegrationCommands(program: CommandUnknownOpts): void {
  const integration = program
    .command('integration')
    .description('senders of postbacks: their parameter names, words and authentication');
  addDocumentCommands(integration, {
    kind: 'integration',
    columns: [
      { heading: 'preset', cell: ({ preset }) => preset },
      { heading: 'currency', cell: ({ currency }) => currency },
      { heading: 'asks for', cell: ({ auth }) => requiredChecks(auth) },
    ],
    example: 'acme',
    deletion: 'Its postbacks will be rejected.',
  });
  const put = putCommand(integration, 'integration')
    .option('--name <text>', 'display name')
    .option('--preset <preset>', 'preset of parameter names and words: generic, everflow, voluum, …')
    .option('--currency <code>', 'default currency of its amounts')
    .option('--parameter <field=names>', 'amount=order_total,total: the names of a field (repeatable)', repeated)
    .option('--amount-format <format>', `format of its amounts: ${amountFormats.join(' ')}`)
    .option('--currency-code <theirs=ours>', 'PES=ARS: a currency code of the sender (repeatable)', repeated)
    .option('--time-zone <zone>', 'default time zone of its times, such as Europe/Berlin')
    .option('--retry-window <hours>', 'hours within which the same request is its own retry')
    .option('--reversals <how>', 'partial: a smaller amount reverses that part; whole: every reversal reverses all')
    .option('--token <check>', 'off, report or required: the token in its URL')
    .option('--hmac <check>', 'off, report or required: a signature')
    .option('--ip <check>', 'off, report or required: an allowed address')
    .option('--allow <range>', 'allowed addresses, such as 203.0.113.0/24; replaces the list (repeatable)', repeated)
    .option('--status <theirs=ours>', 'paid=approved: our word for its status (repeatable)', repeated)
    .option('--event <theirs=ours>', 'purchase=sale: our word for its event (repeatable)', repeated)
    .option('--duplicates <mode>', 'mode for a known transaction: ignore, update, increment, separate, …')
    .option('--respond <how>', 'verdict, or always-200 for a network that retries forever on a 4xx')
    .option('--reply <text>', 'answer to an accepted postback')
    .option('--reply-for <result=text>', 'duplicate=DUP: the answer to one result (repeatable)', repeated)
    .action((id, { file, dryRun, yes, ...flags }, self) =>
      perform(self, (session) =>
        runPut(session, {
          kind: 'integration',
          id,
          file,
          dryRun,
          yes,
          fresh: { name: id, preset: 'generic' },
          change: (base) => withIntegrationFlags(base, flags),
        }),
      ),
    );
  addExamples(
    put,
    'tracker integration put acme --preset everflow --currency USD --status paid=approved',
    'tracker integration put acme --parameter amount=order_total --amount-format 1.234,56',
    'tracker integration put acme --hmac report',
    'tracker integration put acme --file integrations/acme.yaml --dry-run',
  );
  addConnectionCommands(integration);
  addTestCommand(integration);
}

function requiredChecks(auth: unknown): string {
  const checks = Object.entries(asFields(auth) ?? {}).filter(([, tier]) => tier !== 'off');
  return checks.map(([check, tier]) => (tier === 'report' ? `${check} (report)` : check)).join(', ');
}
