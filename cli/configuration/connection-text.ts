import type { Credentials } from '../../operator/documents/credentials';
import type { SenderSetup } from '../../operator/documents/sender-setup';
import { style } from '../terminal/style';
import { fieldList } from '../terminal/table';

export function urlText(url: string, setup: SenderSetup): string {
  const { integration, auth } = setup;
  const remark = `The token is masked: "tracker integration credentials ${integration}" shows it.`;
  return textOf(
    url,
    setup,
    [
      ['token', auth.token],
      ['signature', auth.hmac],
    ],
    [remark],
  );
}

export function connectionText({ url, token, hmac }: Credentials, setup: SenderSetup): string {
  const { auth } = setup;
  return textOf(url, setup, [
    ['token', `${token} (${auth.token})`],
    ['signature', `kid ${hmac.kid}, secret ${hmac.secret} (${auth.hmac})`],
  ]);
}

function textOf(
  url: string,
  { pasteInto, auth, keys, expectedAnswer, notes }: SenderSetup,
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
