import type { Integration } from '../../domain/configuration/integration';
import { postbackFields, presetOf, type PostbackField } from '../../domain/presets';
import { generic } from '../../domain/presets/generic';

/** Fields that no postback URL is printed without, whether or not the system's token for them is known. */
const alwaysPrinted: readonly PostbackField[] = ['clickId', 'amount'];

/** Replaces a token that we could not source. It is one of the words that are rejected by name where nobody replaced them. */
const unknownToken = 'REPLACE';

/**
 * The URL that a person pastes into the sender's system: each field that the system has a token for, under the name that we
 * read first, and the token that the sender shows, where it shows one. The system's tokens are written as that system wants them, `#s2#`
 * and `{aff_sub}` included: it replaces them before it sends.
 */
export function postbackUrlOf(
  baseUrl: string,
  id: string,
  integration: Integration,
  token: string | undefined,
): string {
  const { tokens, sendsOwnBody = false } = presetOf(integration.preset);
  const pairs = postbackFields.flatMap((field) => {
    // A token beside the system's body would be a second value of the same name.
    if (sendsOwnBody) return [];
    const value = tokens[field] ?? (alwaysPrinted.includes(field) ? unknownToken : undefined);
    return value === undefined ? [] : [`${encodeURIComponent(parameterName(integration, field))}=${value}`];
  });
  return withQuery(`${baseUrl}/postback/${id}`, token === undefined ? pairs : [...pairs, `token=${token}`]);
}

export function withQuery(address: string, pairs: readonly string[]): string {
  return pairs.length === 0 ? address : `${address}?${pairs.join('&')}`;
}

/** As the postback function reads it: the integration's own name, else its preset's, unless that was given to another field. */
export function parameterName({ parameters = {}, preset }: Integration, field: PostbackField): string {
  const [own] = parameters[field] ?? [];
  if (own !== undefined) return own;
  const taken = new Set(postbackFields.flatMap((other) => (parameters[other] ?? []).map((name) => name.toLowerCase())));
  const names = presetOf(preset).parameters[field] ?? generic.parameters[field] ?? [];
  return names.find((name) => !taken.has(name.toLowerCase())) ?? field;
}
