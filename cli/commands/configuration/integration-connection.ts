import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { postbackUrlAnswer, type PostbackUrlAnswer } from '../../configuration/postback-url';
import { getDocument } from '../../configuration/stored-document';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { confirm } from '../../terminal/confirm';
import { style } from '../../terminal/style';
import { fieldList } from '../../terminal/table';

/** What a person needs to connect a sender: the URL to paste, its keys, the sheet to hand over. */
export function addConnectionCommands(integration: CommandUnknownOpts): void {
  const url = integration
    .command('url')
    .argument('<id>', 'ID of the integration')
    .description('the URL to paste into the system of the sender, and its keys; treat it like a password')
    .action((id, _options, self) =>
      perform(self, async ({ api, output }) => {
        const answer = await (await api()).call('GET', ['integrations', id, 'postback-url'], postbackUrlAnswer);
        output.answer(answer, () => connectionText(answer));
      }),
    );
  addExamples(url, 'tracker integration url acme', 'tracker integration url acme --json | jq -r .url');

  const rotate = integration
    .command('rotate')
    .argument('<id>', 'ID of the integration')
    .description('makes new keys; those of now work until the next rotation, and those before them no longer')
    .option('--yes', 'do not ask')
    .action((id, { yes }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const { version } = await getDocument(api, 'integration', id);
        const before = await api.call('GET', ['integrations', id, 'postback-url'], postbackUrlAnswer);
        await confirm(`Make new keys for ${id}? ${whatStops(before)}`, yes);
        const answer = await api.call('POST', ['integrations', id, 'keys'], postbackUrlAnswer, { ifMatch: version });
        output.note(style.warning(whatStopped(before), process.stderr));
        output.answer(answer, () => connectionText(answer));
      }),
    );
  addExamples(rotate, 'tracker integration rotate acme', 'tracker integration rotate acme --yes --json');

  const sheet = integration
    .command('sheet')
    .argument('<id>', 'ID of the integration')
    .description('what to hand to whoever sends, as Markdown: URL, parameters, words, answers, signing, tests')
    .option('--with-token', 'with the token in its URLs: treat the sheet like a password')
    .action((id, { withToken }, self) =>
      perform(self, async ({ api, output }) => {
        const query = { withToken: withToken === true ? 1 : undefined };
        const markdown = await (await api()).text('GET', ['integrations', id, 'sheet'], { query });
        output.answer({ integration: id, markdown }, () => markdown);
      }),
    );
  addExamples(sheet, 'tracker integration sheet acme > acme.md', 'tracker integration sheet acme --with-token');
}

function connectionText(answer: PostbackUrlAnswer): string {
  const { url, token, hmac, keys, previousKid, pasteInto, auth, expectedAnswer, notes } = answer;
  const fields: (readonly [string, string])[] = [
    ['paste into', pasteInto],
    ['token', `${token} (${auth.token})`],
    ['signature', `kid ${hmac.kid}, secret ${hmac.secret} (${auth.hmac})`],
    ['address', auth.ip],
    ...keys.map(
      ({ kid }) =>
        [
          `key ${kid}`,
          `${kid === previousKid ? 'valid until the next rotation, ' : ''}${lastUse(answer, kid)}`,
        ] as const,
    ),
  ];
  if (expectedAnswer !== undefined) fields.push(['it expects', expectedAnswer]);
  const remarks = notes.map((note) => `- ${note}`);
  return [style.important(url), '', fieldList(fields), ...(remarks.length > 0 ? ['', ...remarks] : [])].join('\n');
}

function whatStops(answer: PostbackUrlAnswer): string {
  const { hmac, previousKid } = answer;
  return previousKid === undefined
    ? `${hmac.kid} goes on working until the rotation after this.`
    : `What still uses ${previousKid} (${lastUse(answer, previousKid)}) stops working at once; ${hmac.kid} goes on until the rotation after this.`;
}

function whatStopped({ hmac, previousKid }: PostbackUrlAnswer): string {
  const next = 'Paste the new URL into the system of the sender.';
  return previousKid === undefined
    ? `${hmac.kid} goes on working until the next rotation. ${next}`
    : `${previousKid} is refused from now on; ${hmac.kid} goes on working until the next rotation. ${next}`;
}

function lastUse({ keys }: PostbackUrlAnswer, kid: string): string {
  const lastUsedAt = keys.find((key) => key.kid === kid)?.lastUsedAt;
  return lastUsedAt === undefined ? 'not used yet' : `last used ${lastUsedAt}`;
}
