import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { isTaken } from '../../../operator/answers';
import { explainRow, explainUrl, type Explanation } from '../../../operator/explain/explanation';
import { explanationText } from '../../operations/explain/explanation-text';
import { perform } from '../../session';

export function addExplainCommand(postbacks: CommandUnknownOpts): void {
  const command = postbacks
    .command('explain')
    .argument('<request>', 'request ID of the log, or a postback URL in quotes')
    .description(
      'explains the verdict of a postback, field by field, and the remedy; a dry run judges it, and writes only a log row; exit code 1 if it is rejected',
    )
    .action((asked, _options, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const explanation = /[:/?]/.test(asked) ? await explainUrl(api, asked) : await explainRow(api, asked);
        output.answer(explanation, () => explanationText(explanation));
        if (explanation.today !== undefined) {
          output.note(`The dry run is in the log as ${explanation.today.requestId}.`);
        }
        return isRejected(explanation) ? exitCode.finding : exitCode.fine;
      }),
    );
  addExamples(
    command,
    'tracker postbacks explain 06h0mgzbe5e2k390zqq4j647',
    "tracker postbacks explain 'https://go.example.com/postback/acme?clickid={clickid}&amount=12,50'",
  );
}

function isRejected({ logged, today }: Explanation): boolean {
  const reason = today?.reason ?? logged?.reason ?? '';
  return !isTaken(reason);
}
