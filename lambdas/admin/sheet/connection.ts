import { guideOf } from '../../domain/presets/guides';
import { postbackUrlOf } from '../integrations/postback-url';
import { presetOfSheet, tokenOf, tokenPlaceholder, exampleUrlOf, type SheetFacts } from './facts';
import { block, bullets, code, codes, plain, section } from './markdown';

/** The URL to use, and where it goes. */
export function connectionSection(facts: SheetFacts): string {
  const { baseUrl, id, integration } = facts;
  const preset = presetOfSheet(facts);
  const hasTokens = Object.keys(preset.tokens).length > 0;
  const { notes, pasteInto } = guideOf(preset.id);
  const pasted = postbackUrlOf(baseUrl, id, integration, tokenOf(facts));
  return section(
    'Postback URL',
    hasTokens
      ? `Paste this into ${plain(pasteInto)}. Your system replaces each placeholder by its value.`
      : `Send each conversion to this address, with the parameters below. If your system has a form for it, use ${plain(pasteInto)}.`,
    block('text', pasted),
    tokenText(facts),
    'A request looks like this. Send it by `GET`, or by `POST` with the same parameters in the query, as a form or as a JSON object:',
    block('text', exampleUrlOf(facts)),
    dropInText(facts),
    notes === undefined ? undefined : `About ${plain(preset.name)}:\n\n${bullets(notes.map(plain))}`,
  );
}

/** A text for senders that already have a URL of that system's own tracker. */
function dropInText(facts: SheetFacts): string | undefined {
  const { dropInPaths } = presetOfSheet(facts);
  if (dropInPaths.length === 0) return undefined;
  const token = tokenOf(facts);
  return (
    `A URL for another tracker may keep its path: ${codes(dropInPaths.map((path) => `${facts.baseUrl}${path}`))} ` +
    `${dropInPaths.length === 1 ? 'is' : 'are'} read like the one above. Change its host name${token === undefined ? '' : `, add ${code(`token=${token}`)},`} and keep the rest.`
  );
}

function tokenText({ token, integration }: SheetFacts): string | undefined {
  if (integration.auth.token === 'off') return undefined;
  return token === undefined
    ? `Replace ${code(tokenPlaceholder)} by your token. It is a secret and not in this sheet: ask the team that gave you ` +
        'the sheet for it, over a channel that is safe for a password.'
    : '**This URL holds your token: treat this sheet like a password.** Its holder can report conversions in your name.';
}
