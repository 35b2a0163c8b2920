import type { AuthenticationTier } from '../../domain/configuration/integration';
import { signatureToleranceOf } from '../../domain/configuration/signature-tolerance';
import { keyIdsOf, type SheetFacts } from './facts';
import { block, bullets, code, codes, section, markdownTable } from './markdown';

const tiers: Readonly<Record<AuthenticationTier, string>> = {
  required: '**required**: without it a postback is rejected',
  report: 'checked and reported: a postback without it still counts, with a warning',
  off: 'not checked',
};

/** The sender's ways to authenticate. */
export function authenticationSection(facts: SheetFacts): string {
  const { auth } = facts.integration;
  const isOpen = Object.values(auth).every((tier) => tier === 'off');
  return section(
    'Authentication',
    markdownTable(
      ['Check', 'Setting'],
      [
        ['Token', tiers[auth.token]],
        ['Signature', tiers[auth.hmac]],
        ['Sending address', tiers[auth.ip]],
      ],
    ),
    isOpen ? 'Anybody with a click ID can report its conversion. Ask us for a token or a signature.' : undefined,
    auth.token === 'off' ? undefined : tokenPart,
    auth.hmac === 'off' ? undefined : signaturePart(facts),
    auth.ip === 'off' ? undefined : addressPart(facts),
  );
}

const tokenPart =
  '### Token\n\n' +
  `Send it as the parameter ${code('token')}, or as the header ${code('Authorization: Bearer YOUR_TOKEN')}. After a replacement ` +
  'the previous token stays valid until the next one.';

function signaturePart(facts: SheetFacts): string {
  const { id, integration } = facts;
  const seconds = signatureToleranceOf(integration);
  const keyIds = keyIdsOf(facts);
  const kid = keyIds[0] ?? 'k1';
  return [
    '### Signature',
    `HMAC-SHA-256. The secret looks like ${code('whsec_…')}: the part after ${code('whsec_')} is base64, and its decoded bytes are the ` +
      'key. It is not in this sheet: ask us for it, and treat it like a password. ' +
      `Key IDs in use: ${codes(keyIds)}. A signature is valid for ${seconds} seconds, clock differences included: retry a request with the same signature, and sign an older one again.`,
    `**${code('GET')}**: append ${code('ts')} (Unix seconds), ${code('kid')} (the key ID) and, as the last parameter, ${code('sig')}: the hexadecimal HMAC of`,
    block('text', 'v1.{METHOD}.{path}.{raw query before &sig=}'),
    'exactly as sent, neither sorted nor encoded again. So',
    block('text', `/postback/${id}?clickid=…&ts=1795442400&kid=${kid}&sig=<64 hexadecimal digits>`),
    'signs',
    block('text', `v1.GET./postback/${id}.clickid=…&ts=1795442400&kid=${kid}`),
    `**${code('POST')}** with a body, batches too: [Standard Webhooks](https://www.standardwebhooks.com), for which libraries exist. Put all parameters but the token into the body, since the query is not signed:`,
    bullets([
      `${code('webhook-id')}: your ID of this message`,
      `${code('webhook-timestamp')}: Unix seconds`,
      `${code('webhook-signature')}: ${code('v1,')} and the base64 HMAC of ${code('{webhook-id}.{webhook-timestamp}.{body}')}`,
    ]),
  ].join('\n\n');
}

function addressPart({ integration }: SheetFacts): string {
  return [
    '### Sending address',
    'Send postbacks from these addresses. Announce a new address to us before you use it.',
    bullets((integration.ipAllowlist ?? []).map(code)),
  ].join('\n\n');
}
