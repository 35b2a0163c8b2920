import type { StoredVersion } from '../adapters/configuration-item';
import { storageCall } from '../adapters/storage-failure';
import { presetOf } from '../domain/presets';
import { currentCredential, firstKeys, keyIdOf, rotateKeys, writeSigningKey } from '../domain/trust/keys';
import { json, notFound, type Answer } from './answer';
import { checkId } from './collections';
import { commit } from './commit';
import { entityTag } from './document-view';
import { postbackUrlOf } from './postback-url';
import { readParameters } from './query-parameters';
import type { RoutedRequest } from './request';
import type { Services } from './services';
import { readIfMatch } from './version-base';

type IntegrationVersion = StoredVersion<'integration'>;

export async function getPostbackUrl(request: RoutedRequest, services: Services): Promise<Answer> {
  checkId(request.id);
  readParameters(request, []);
  const newest = await services.configuration.newest('integration', request.id, request.deadline);
  return connectionAnswer(request, services, existing(request.id, newest));
}

/**
 * Makes a new key current and keeps the one before it; the one before that is refused from now on. Whoever is not sure
 * whether the last rotation went through sends If-Match, so that a second one does not drop the key still in use.
 */
export async function rotateIntegrationKeys(request: RoutedRequest, services: Services): Promise<Answer> {
  checkId(request.id);
  readParameters(request, []);
  const { version } = await commit('integration', request, services, readIfMatch(request), (newest) => {
    const { document, keys } = existing(request.id, newest);
    return { document, deleted: false, keys: rotateKeys(keys ?? firstKeys) };
  });
  return connectionAnswer(request, services, version);
}

export function existing(id: string, newest: IntegrationVersion | undefined): IntegrationVersion {
  if (newest === undefined || newest.deleted) throw notFound(`There is no integration ${id}.`);
  return newest;
}

/** Everything a person needs to connect the sender. */
async function connectionAnswer(
  { baseUrl, deadline }: RoutedRequest,
  services: Services,
  version: IntegrationVersion,
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
    },
    entityTag(version),
  );
}
