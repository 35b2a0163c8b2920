import { readDocument } from '../../lambdas/domain/configuration/document';
import type { Integration } from '../../lambdas/domain/configuration/integration';
import { guideOf } from '../../lambdas/domain/presets/guides';
import { presetOf } from '../../lambdas/domain/presets';
import type { AdminApi } from '../../operator/api/admin-api';
import { exitCode, Failure } from '../../operator/failure';
import { style } from '../terminal/style';
import { fieldList } from '../terminal/table';
import { liveKeysOf, type Credentials, type LiveKey } from '../../operator/documents/credentials';
import { contentOf, getDocument } from '../../operator/documents/stored-document';

/** What a person ought to know who connects a sender; no secret. */
export interface Connection {
  readonly integration: string;
  readonly pasteInto: string;
  readonly auth: Integration['auth'];
  readonly keys: readonly LiveKey[];
  readonly expectedAnswer?: string;
  readonly notes: readonly string[];
}

export async function connectionOf(api: AdminApi, id: string): Promise<Connection> {
  const { preset, auth } = await integrationOf(api, id);
  const { expectedAnswer } = presetOf(preset);
  const { pasteInto, notes = [] } = guideOf(preset);
  const keys = await liveKeysOf(api, id);
  return { integration: id, pasteInto, auth, keys, ...(expectedAnswer !== undefined && { expectedAnswer }), notes };
}

/** An integration as this version of the command knows integrations. */
export async function integrationOf(api: AdminApi, id: string): Promise<Integration> {
  const reading = readDocument('integration', contentOf(await getDocument(api, 'integration', id)));
  if (reading.ok) return reading.document;
  throw new Failure(exitCode.unreachable, `The integration ${id} is not as this command knows integrations.`, {
    hint: 'Is the tracker of the same version as this command?',
  });
}

export function urlText(url: string, connection: Connection): string {
  const { integration, auth } = connection;
  const remark = `The token is masked: "tracker integration credentials ${integration}" shows it.`;
  return textOf(
    url,
    connection,
    [
      ['token', auth.token],
      ['signature', auth.hmac],
    ],
    [remark],
  );
}

export function connectionText({ url, token, hmac }: Credentials, connection: Connection): string {
  const { auth } = connection;
  return textOf(url, connection, [
    ['token', `${token} (${auth.token})`],
    ['signature', `kid ${hmac.kid}, secret ${hmac.secret} (${auth.hmac})`],
  ]);
}

function textOf(
  url: string,
  { pasteInto, auth, keys, expectedAnswer, notes }: Connection,
  shown: readonly (readonly [string, string])[],
  remarks: readonly string[] = [],
): string {
  const fields = [
    ['paste into', pasteInto] as const,
    ...shown,
    ['address', auth.ip] as const,
    ...keys.map(({ kid, current, lastUsedAt }) => {
      const used = lastUsedAt === undefined ? 'not used yet' : `last used ${lastUsedAt}`;
      return [`key ${kid}`, current ? used : `valid until the next rotation, ${used}`] as const;
    }),
    ...(expectedAnswer === undefined ? [] : [['it expects', expectedAnswer] as const]),
  ];
  const lines = [...remarks, ...notes.map((note) => `- ${note}`)];
  return [style.important(url), '', fieldList(fields), ...(lines.length > 0 ? ['', ...lines] : [])].join('\n');
}
