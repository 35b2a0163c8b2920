import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { withCampaignFlags } from '../../configuration/flags/campaign-flags';
import { repeated } from '../../configuration/flags/values';
import { trackingLink } from '../../../operator/documents/tracking-link';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { addCampaignScriptCommand } from './campaign-script';
import { addCampaignUrlCommand } from './campaign-url';
import { addDocumentCommands } from './document-commands';
import { putCommand, runPut } from './put-document';

export function addCampaignCommands(program: CommandUnknownOpts): void {
  const campaign = program
    .command('campaign')
    .description('campaigns: offers, and the integration that reports conversions');
  addDocumentCommands(campaign, {
    kind: 'campaign',
    columns: [
      { heading: 'status', cell: ({ status }) => status },
      { heading: 'integration', cell: ({ integration }) => integration },
      { heading: 'offers', cell: ({ offers }) => (Array.isArray(offers) ? offers.length : undefined) },
    ],
    example: 'spring',
    beside: (id, publicUrl) => ({ clickUrl: trackingLink(publicUrl, id) }),
    deletion: 'Its clicks will get 404.',
  });
  addCampaignUrlCommand(campaign);
  addCampaignScriptCommand(campaign);
  const put = putCommand(campaign, 'campaign')
    .option('--name <text>', 'display name')
    .option('--integration <id>', 'integration that reports its conversions')
    .option('--status <status>', 'active or paused')
    .option(
      '--offer <fields>',
      'id=main,url=https://…,weight=3,status=paused: add it, or change the one with this ID (repeatable)',
      repeated,
    )
    .option('--remove-offer <id>', 'remove an offer (repeatable)', repeated)
    .option('--fallback <url>', 'destination while it is paused; "none" for the fallback of the stage')
    .option('--payout <money>', 'payout of a conversion without an amount: "12.50 USD"')
    .option('--event <event=money>', 'the same for one event: "sale=40 EUR" (repeatable)', repeated)
    .option('--max-age-days <number>', 'days after the click within which a conversion counts')
    .option('--min-age-seconds <number>', 'flag a conversion sooner after the click')
    .action((id, { file, dryRun, yes, ...flags }, self) =>
      perform(self, (session) =>
        runPut(session, {
          kind: 'campaign',
          id,
          file,
          dryRun,
          yes,
          fresh: { name: id, status: 'active' },
          change: (base) => withCampaignFlags(base, flags),
        }),
      ),
    );
  addExamples(
    put,
    "tracker campaign put spring --integration acme --offer 'id=main,url=https://shop.example/?sub={clickid},weight=3'",
    'tracker campaign put spring --status paused --dry-run',
    'tracker campaign put spring --file campaigns/spring.yaml --yes',
  );
}
