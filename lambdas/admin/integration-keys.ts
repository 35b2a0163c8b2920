import * as v from 'valibot';
import type { ReadVersion, StoredVersion } from '../adapters/configuration-item';
import { storageCall } from '../adapters/storage-failure';
import { integrationSchema } from '../domain/configuration/integration';
import { presetOf } from '../domain/presets';
import { currentCredential, firstKeys, keyIdOf, rotateKeys, writeSigningKey } from '../domain/trust/keys';
import { json, notFound, type Answer } from './answer';
import { checkId } from './collections';
import { commit } from './commit';
import { field, type Shown } from './answer-schema';
import { entityTag, readable } from './document-view';
import { postbackUrlOf } from './postback-url';
import { noParameters, readParameters } from './query-parameters';
import type { RoutedRequest } from './request';
import type { Services } from './services';
import { readIfMatch } from './version-base';

type IntegrationVersion = StoredVersion<'integration'>;

const tier = integrationSchema.entries.auth.wrapped.entries.token.wrapped;

/** What a person pastes into the sender's system, and what that system ought to know. It holds secrets. */
export const connectionAnswer = v.strictObject({
  integration: v.string(),
  version: field.count,
  url: v.string(),
  token: v.string(),
  hmac: v.strictObject({
    kid: v.string(),
    secret: v.pipe(v.string(), v.startsWith('whsec_'), v.description('What follows `whsec_` is base64 of the key')),
  }),
  previousKid: v.optional(v.pipe(v.string(), v.description('The key before, which is still accepted'))),
  keys: v.array(
    v.strictObject({
      kid: v.string(),
      current: v.boolean(),
      lastUsedAt: v.optional(v.pipe(v.string(), v.description('When a sender last identified itself with it'))),
    }),
  ),
  auth: v.strictObject({ token: tier, hmac: tier, ip: tier }),
  preset: v.string(),
  pasteInto: v.string(),
  expectedAnswer: v.optional(v.string()),
  dropInPaths: v.optional(v.array(v.string())),
  notes: v.optional(v.array(v.string())),
});

export async function getPostbackUrl(request: RoutedRequest, services: Services): Promise<Answer> {
  checkId(request.id);
  readParameters(request, noParameters);
  const newest = await services.configuration.newest('integration', request.id, request.deadline);
  return answerConnection(request, services, existing(request.id, newest));
}

/**
 * Makes a new key current and keeps the one before it; the one before that is refused from now on. Whoever is not sure
 * whether the last rotation went through sends If-Match, so that a second one does not drop the key still in use.
 */
export async function rotateIntegrationKeys(request: RoutedRequest, services: Services): Promise<Answer> {
  checkId(request.id);
  readParameters(request, noParameters);
  const { version } = await commit('integration', request, services, readIfMatch(request), (newest) => {
    const { document, keys } = existing(request.id, newest);
    return { document, deleted: false, keys: rotateKeys(keys ?? firstKeys) };
  });
  return answerConnection(request, services, readable(version));
}

/** An integration that is there, and that can be worked by. */
export function existing(id: string, newest: IntegrationVersion | undefined): ReadVersion<'integration'> {
  if (newest === undefined || newest.deleted) throw notFound(`There is no integration ${id}.`);
  return readable(newest);
}

/** Everything a person needs to connect the sender. */
async function answerConnection(
  { baseUrl, deadline }: RoutedRequest,
  services: Services,
  version: ReadVersion<'integration'>,
): Promise<Answer> {
  const { id, document, keys = firstKeys } = version;
  const master = await storageCall('reading the master secret', () => services.master.read());
  const { keyId, token, signingKey } = currentCredential(master, id, keys);
  const lastUsed = await storageCall('reading the use of keys', () => services.keyUse.lastUsed(id, deadline));
  const live = [keys.current, ...(keys.previous === undefined ? [] : [keys.previous])].map((number) => {
    const kid = keyIdOf(number);
    const lastUsedAt = lastUsed.get(kid);
    return { kid, current: number === keys.current, ...(lastUsedAt !== undefined && { lastUsedAt }) };
  });
  const preset = presetOf(document.preset);
  return json(
    200,
    {
      integration: id,
      version: version.version,
      url: postbackUrlOf(baseUrl, id, document, token),
      token,
      hmac: { kid: keyId, secret: writeSigningKey(signingKey) },
      ...(keys.previous !== undefined && { previousKid: keyIdOf(keys.previous) }),
      keys: live,
      auth: document.auth,
      preset: preset.id,
      pasteInto: preset.pasteInto,
      ...(preset.expectedAnswer !== undefined && { expectedAnswer: preset.expectedAnswer }),
      ...(preset.dropInPaths.length > 0 && { dropInPaths: preset.dropInPaths }),
      ...(preset.notes !== undefined && { notes: preset.notes }),
    } satisfies Shown<typeof connectionAnswer>,
    entityTag(version),
  );
}
