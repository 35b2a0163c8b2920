import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { senderSetupOf } from '../../../operator/documents/sender-setup';
import { connectionText, urlText } from '../../configuration/connection-text';
import {
  credentialsOf,
  liveKeysOf,
  maskedPostbackUrl,
  makeNewKeys,
  type LiveKey,
} from '../../../operator/documents/credentials';
import { getDocument } from '../../../operator/documents/stored-document';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { confirm } from '../../terminal/confirm';
import { style } from '../../terminal/style';

/** The material to connect a sender: the URL to paste, its keys, and the sheet for the sender. */
export function addConnectionCommands(integration: CommandUnknownOpts): void {
  addUrlCommand(integration);
  addCredentialsCommand(integration);
  addRotateCommand(integration);
  addSheetCommand(integration);
}

function addUrlCommand(integration: CommandUnknownOpts): void {
  const command = integration
    .command('url')
    .argument('<id>', 'ID of the integration')
    .description('shows the URL for the system of the sender, with its token masked, and the last use of each key')
    .action((id, _options, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const url = await maskedPostbackUrl(api, id);
        const connection = await senderSetupOf(api, id);
        output.answer({ ...connection, url }, () => urlText(url, connection));
      }),
    );
  addExamples(command, 'tracker integration url acme', 'tracker integration url acme --json | jq .keys');
}

function addCredentialsCommand(integration: CommandUnknownOpts): void {
  const command = integration
    .command('credentials')
    .argument('<id>', 'ID of the integration')
    .description('shows the same URL with its token, and the signing key; treat it like a password')
    .action((id, _options, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const credentials = await credentialsOf(api, id);
        const connection = await senderSetupOf(api, id);
        output.answer({ ...connection, ...credentials }, () => connectionText(credentials, connection));
      }),
    );
  addExamples(
    command,
    'tracker integration credentials acme',
    'tracker integration credentials acme --json | jq -r .url',
  );
}

function addRotateCommand(integration: CommandUnknownOpts): void {
  const command = integration
    .command('rotate')
    .argument('<id>', 'ID of the integration')
    .description('makes new keys; the present ones work until the next rotation, and earlier ones stop now')
    .option('--yes', 'do not ask')
    .action((id, { yes }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const { version } = await getDocument(api, 'integration', id);
        const before = await liveKeysOf(api, id);
        await confirm(`Make new keys for ${id}? ${whatStops(before)}`, yes);
        const credentials = await makeNewKeys(api, id, version);
        const connection = await senderSetupOf(api, id);
        output.note(style.warning(whatStopped(before), process.stderr));
        output.answer({ ...connection, ...credentials }, () => connectionText(credentials, connection));
      }),
    );
  addExamples(command, 'tracker integration rotate acme', 'tracker integration rotate acme --yes --json');
}

function addSheetCommand(integration: CommandUnknownOpts): void {
  const command = integration
    .command('sheet')
    .argument('<id>', 'ID of the integration')
    .description('prints the setup sheet for the sender, as Markdown: URL, parameters, words, answers, signing, tests')
    .option('--with-token', 'include the token in its URLs: treat the sheet like a password')
    .action((id, { withToken }, self) =>
      perform(self, async ({ api, output }) => {
        const markdown = await (await api()).text(withToken === true ? 'POST' : 'GET', ['integrations', id, 'sheet']);
        output.answer({ integration: id, markdown }, () => markdown);
      }),
    );
  addExamples(command, 'tracker integration sheet acme > acme.md', 'tracker integration sheet acme --with-token');
}

function whatStops([current, previous]: readonly LiveKey[]): string {
  const kid = current?.kid ?? '';
  if (previous === undefined) return `${kid} goes on working until the rotation after this.`;
  const used = previous.lastUsedAt === undefined ? 'not used yet' : `last used ${previous.lastUsedAt}`;
  return `What still uses ${previous.kid} (${used}) stops working immediately; ${kid} stays valid until the next rotation.`;
}

function whatStopped([current, previous]: readonly LiveKey[]): string {
  const next = 'Paste the new URL into the system of the sender.';
  const goesOn = `${current?.kid ?? ''} goes on working until the next rotation. ${next}`;
  return previous === undefined ? goesOn : `${previous.kid} is rejected from now on; ${goesOn}`;
}
