import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { isScriptOn, scriptTag } from '../../configuration/script-tag';
import { getDocument } from '../../../operator/documents/stored-document';
import { addExamples } from '../../help';
import { perform } from '../../session';

export function addCampaignScriptCommand(campaign: CommandUnknownOpts): void {
  const command = campaign
    .command('script')
    .argument('<id>', 'ID of the campaign')
    .description('prints the script tag for landing pages of a campaign, with its hash (SRI)')
    .action((id, _, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const document = await getDocument(api, 'campaign', id);
        const tag = scriptTag(api.publicUrl, document);
        output.answer({ campaign: id, tag }, () => tag);
        if (!isScriptOn(document)) {
          output.note(`No page may use it yet: name the pages of the campaign ${id} in browser.origins.`);
        }
      }),
    );
  addExamples(command, 'tracker campaign script spring');
}
