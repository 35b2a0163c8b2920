import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { addExamples } from '../../help';
import { conversion, logRow } from '../../../operator/answers';
import { rowPage } from '../../operations/log/row-page';
import { perform } from '../../session';

export function addShowCommand(postbacks: CommandUnknownOpts): void {
  const command = postbacks
    .command('show')
    .argument('<request>', 'request ID: its sender got it in the answer')
    .description('shows one postback on one page: the request, its verdict, the answer, and the state of the click')
    .action((requestId, _options, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const row = await api.call('GET', ['postbacks', requestId], logRow);
        const { clickId } = row;
        const ofClick = clickId === undefined ? [] : await api.all(['conversions'], conversion, { clickId });
        output.answer({ ...row, conversionsOfClick: ofClick }, () => rowPage(row, ofClick));
      }),
    );
  addExamples(command, 'tracker postbacks show 06h0mgzbe5e2k390zqq4j647');
}
