import type { AuthenticationTier } from '../../domain/configuration/integration';
import { keyIdsOf, type SheetFacts } from './facts';
import { block, bullets, code, codes, section, markdownTable } from './markdown';

const tiers: Readonly<Record<AuthenticationTier, string>> = {
  required: '**required**: without it a postback is refused',
  report: 'checked and reported: a postback without it still counts, with a warning',
  off: 'not looked at',
};

const defaultToleranceSeconds = 300;

/** How a sender authenticates. */
export function authenticationSection(facts: SheetFacts): string {
  const { auth } = facts.integration;
  const isOpen = Object.values(auth).every((tier) => tier === 'off');
  return section(
    'Authentication',
    markdownTable(
      ['What', 'Here'],
      [
        ['Token', tiers[auth.token]],
        ['Signature', tiers[auth.hmac]],
        ['Sending address', tiers[auth.ip]],
      ],
    ),
    isOpen ? 'Anybody who knows a click ID can report its conversion. Ask for a token or a signature.' : undefined,
    auth.token === 'off' ? undefined : tokenPart,
    auth.hmac === 'off' ? undefined : signaturePart(facts),
    auth.ip === 'off' ? undefined : addressPart(facts),
  );
}

const tokenPart =
  '### Token\n\n' +
  `Send it as the parameter ${code('token')}, or as the header ${code('Authorization: Bearer YOUR_TOKEN')}. When it is replaced, ` +
  'the one before stays valid until the next replacement.';

function signaturePart(facts: SheetFacts): string {
  const { id, integration } = facts;
  const seconds = integration.signatureToleranceSeconds ?? defaultToleranceSeconds;
  const keyIds = keyIdsOf(facts);
  const kid = keyIds[0] ?? 'k1';
  return [
    '### Signature',
    `HMAC-SHA-256. The secret looks like ${code('whsec_…')}: what follows ${code('whsec_')} is base64, and its decoded bytes are the ` +
      'key. It does not stand in this sheet: ask for it as for a password. ' +
      `Key IDs in use: ${codes(keyIds)}. A signature may be ${seconds} seconds old, and our clocks as far apart: retry with the signature that it has, and sign anew what is older.`,
    `**${code('GET')}**: append ${code('ts')} (Unix seconds), ${code('kid')} (the key ID) and, last of all, ${code('sig')}: the hexadecimal HMAC of`,
    block('text', 'v1.{METHOD}.{path}.{raw query before &sig=}'),
    'exactly as it goes over the wire, nothing re-sorted and nothing encoded again. So',
    block('text', `/postback/${id}?clickid=…&ts=1795442400&kid=${kid}&sig=<64 hexadecimal digits>`),
    'signs',
    block('text', `v1.GET./postback/${id}.clickid=…&ts=1795442400&kid=${kid}`),
    `**${code('POST')}** with a body, batches too: [Standard Webhooks](https://www.standardwebhooks.com), for which there are libraries. All parameters but the token stand in the body, since the query is not signed:`,
    bullets([
      `${code('webhook-id')}: an ID of your own for this sending`,
      `${code('webhook-timestamp')}: Unix seconds`,
      `${code('webhook-signature')}: ${code('v1,')} and the base64 HMAC of ${code('{webhook-id}.{webhook-timestamp}.{body}')}`,
    ]),
  ].join('\n\n');
}

function addressPart({ integration }: SheetFacts): string {
  return [
    '### Sending address',
    'Postbacks come from these addresses. Tell us before you send from another one.',
    bullets((integration.ipAllowlist ?? []).map(code)),
  ].join('\n\n');
}
