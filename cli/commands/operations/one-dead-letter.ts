import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { addExamples } from '../../help';
import type { DeadLetter } from '../../../operator/answers';
import { deleteLetter, showLetter } from '../../../operator/letters/one-letter';
import { perform } from '../../session';
import { confirm } from '../../terminal/confirm';
import { style } from '../../terminal/style';
import { fieldList } from '../../terminal/table';

/** The commands of a single dead letter: show and delete. */
export function addOneLetterCommands(deadLetters: CommandUnknownOpts): void {
  const show = deadLetters
    .command('show')
    .argument('<letter>', 'its ID, or how it begins')
    .description('one dead letter: what it is, why it was given up on, and its request, secrets masked')
    .action((id, _, self) =>
      perform(self, async ({ api, output }) => {
        const letter = await showLetter(await api(), id);
        output.answer(letter, () => letterText(letter));
      }),
    );
  addExamples(show, 'tracker dead-letters show 5c1d8a02');

  const remove = deadLetters
    .command('delete')
    .argument('<letter>', 'its ID, or how it begins')
    .description('deletes one dead letter permanently: the click or conversion in it is lost; the log keeps who did it')
    .option('--yes', 'do not ask')
    .action((id, { yes }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const letter = await showLetter(api, id);
        if (!output.json) output.note(letterText(letter));
        await confirm(`Delete this ${nounOf(letter)} permanently?`, yes);
        const deleted = await deleteLetter(api, letter);
        output.answer(deleted, () => `Dead letter ${deleted.messageId} is deleted.`);
      }),
    );
  addExamples(remove, 'tracker dead-letters delete 5c1d8a02', 'tracker dead-letters delete 5c1d8a02 --yes --json');
}

const nounOf = ({ kind }: DeadLetter): string =>
  kind === 'postback' || kind === 'click' ? `acknowledged ${kind}` : kind === 'log' ? 'row of the log' : 'message';

function letterText(letter: DeadLetter): string {
  const { messageId, kind, reason, problem, requestId, receivedAt, firstFailedAt, ageSeconds } = letter;
  const { method, path, integration, batchId, receiveCount, raw } = letter;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['letter', messageId],
    ['kind', kind],
    ['reason', style.bad(problem === undefined ? reason : `${reason}: ${problem}`)],
    ['request', requestId],
    ['received', receivedAt],
    ['failed first', `${firstFailedAt}, ${Math.round(ageSeconds / 360) / 10} hours ago`],
    ['looked at', `${receiveCount} times`],
    ['sent', method === undefined ? undefined : `${method} ${path ?? ''}`.trim()],
    ['sender', integration],
    ['batch', batchId],
    ['raw', raw],
  ];
  return fieldList(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
