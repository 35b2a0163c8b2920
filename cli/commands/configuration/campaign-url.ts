import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { getDocument } from '../../../operator/documents/stored-document';
import { linkedSource } from '../../../operator/documents/linked-source';
import { trackingLink } from '../../../operator/documents/tracking-link';
import { addExamples } from '../../help';
import { perform } from '../../session';

export function addCampaignUrlCommand(campaign: CommandUnknownOpts): void {
  const command = campaign
    .command('url')
    .argument('<id>', 'ID of the campaign')
    .option('--source <id>', 'traffic source of the ad: fills in its tokens')
    .description('prints the tracking link of a campaign, to paste into an ad')
    .action((id, { source: sourceId }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const { status } = await getDocument(api, 'campaign', id);
        const source = sourceId === undefined ? undefined : linkedSource(await getDocument(api, 'source', sourceId));
        const url = trackingLink(api.publicUrl, id, source);
        output.answer({ campaign: id, url, ...(source !== undefined && { source: source.id }) }, () => url);
        if (status === 'paused') output.note(`The campaign ${id} is paused: its visitors get 404 until it is active.`);
        if (source !== undefined && Object.keys(source.parameters).length === 0) {
          output.note(
            `The source ${source.id} has no tokens: "tracker source put ${source.id} --parameter external_id=TOKEN" adds one.`,
          );
        }
      }),
    );
  addExamples(command, 'tracker campaign url spring', 'tracker campaign url spring --source newsletter');
}
