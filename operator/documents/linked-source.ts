import { templateOf } from '../../lambdas/domain/outbound/sources';
import { linkTokens } from '../../lambdas/domain/outbound/sources/link-tokens';
import { asFields, type StoredDocument } from './stored-document';
import type { LinkedSource } from './tracking-link';

/** Returns the source's parameters; with a template, also its tokens for the click ID and the cost. */
export function linkedSource({ id, parameters, postbacks }: StoredDocument): LinkedSource {
  const given = typeof parameters === 'object' && parameters !== null ? Object.entries(parameters) : [];
  return {
    id,
    parameters: {
      ...tokensOf(postbacks),
      ...Object.fromEntries(
        given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
      ),
    },
  };
}

function tokensOf(postbacks: unknown): Readonly<Record<string, string>> {
  if (!Array.isArray(postbacks)) return {};
  const ids = postbacks.map((postback: unknown) => asFields(postback)?.['template']);
  const template = ids.map((id) => templateOf(String(id))).find((one) => one?.click.token !== undefined);
  return template === undefined ? {} : linkTokens(template);
}
