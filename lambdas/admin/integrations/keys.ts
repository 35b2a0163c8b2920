import * as v from 'valibot';
import type { ReadVersion, StoredVersion } from '../../adapters/configuration-item';
import { storageCall } from '../../adapters/storage-failure';
import { currentCredential, firstKeys, keyIdOf, rotateKeys, writeSigningKey } from '../../domain/trust/keys';
import { adminJson, list, type Answer } from '../http/answer';
import { pageOf, type Shown } from '../http/answer-schema';
import { noFields, readBodyFields } from '../http/body';
import { checkId, integrations, noDocument } from '../documents/collections';
import { commit } from '../documents/commit';
import { entityTag, readable } from '../documents/view';
import { postbackUrlOf } from './postback-url';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { readIfMatch } from '../documents/version-base';

type IntegrationVersion = StoredVersion<'integration'>;

/** The replacement of a secret in a URL, as in the log. */
const mask = '***';

/** The URL to paste, without what it takes to be authenticated. */
export const postbackUrlAnswer = v.strictObject({
  url: v.pipe(v.string(), v.description('Its secrets are masked: `token=***`')),
});

/** The text that a person pastes into the sender's system. It holds secrets. */
export const credentialsAnswer = v.strictObject({
  url: v.string(),
  token: v.string(),
  hmac: v.strictObject({
    kid: v.string(),
    secret: v.pipe(
      v.string(),
      v.startsWith('whsec_'),
      v.description('What follows `whsec_` is base64: its decoded bytes are the key of both ways to sign'),
    ),
  }),
});

const liveKey = v.strictObject({
  kid: v.string(),
  current: v.pipe(v.boolean(), v.description('Whether new senders get this one')),
  lastUsedAt: v.optional(v.pipe(v.string(), v.description('When a sender last identified itself with it'))),
});

/** The keys that are accepted, the current one first. */
export const keysAnswer = pageOf(liveKey);

export async function getPostbackUrl(request: RoutedRequest, services: Services): Promise<Answer> {
  const integration = await integrationOf(request, services);
  const url = postbackUrlOf(request.baseUrl, integration.id, integration.document, mask);
  return adminJson(200, { url } satisfies Shown<typeof postbackUrlAnswer>, entityTag(integration));
}

export async function getIntegrationKeys(request: RoutedRequest, services: Services): Promise<Answer> {
  const { id, keys = firstKeys } = await integrationOf(request, services);
  const lastUsed = await storageCall('reading the use of keys', () => services.keyUse.lastUsed(id, request.deadline));
  const numbers = [keys.current, ...(keys.previous === undefined ? [] : [keys.previous])];
  return list(
    numbers.map((number): Shown<typeof liveKey> => {
      const kid = keyIdOf(number);
      const lastUsedAt = lastUsed.get(kid);
      return { kid, current: number === keys.current, ...(lastUsedAt !== undefined && { lastUsedAt }) };
    }),
  );
}

/** Shows secrets, and is a POST so that no permission to read shows them and the audit line names who asked. */
export async function readCredentials(request: RoutedRequest, services: Services): Promise<Answer> {
  checkNoFields(request);
  return answerCredentials(request, services, await integrationOf(request, services));
}

/**
 * Makes a new key current and keeps the one before it; the one before that is rejected from now on. A caller who is not sure whether the
 * last rotation succeeded sends If-Match, so that a second one does not drop the key still in use.
 */
export async function rotateIntegrationKeys(request: RoutedRequest, services: Services): Promise<Answer> {
  checkId(request.id);
  readQueryParameters(request, noParameters);
  checkNoFields(request);
  const { version } = await commit('integration', request, services, readIfMatch(request), (newest) => {
    const { document, keys } = existing(request.id, newest);
    return { document, deleted: false, keys: rotateKeys(keys ?? firstKeys) };
  });
  return answerCredentials(request, services, readable(version));
}

/** An integration that is there, and that can be worked by. */
export function existing(id: string, newest: IntegrationVersion | undefined): ReadVersion<'integration'> {
  if (newest === undefined || newest.deleted) throw noDocument(integrations, id);
  return readable(newest);
}

/** The integration that the path names; no parameters come along. */
async function integrationOf(request: RoutedRequest, { configuration }: Services): Promise<ReadVersion<'integration'>> {
  checkId(request.id);
  readQueryParameters(request, noParameters);
  return existing(request.id, await configuration.newest('integration', request.id, request.deadline));
}

function checkNoFields({ body }: RoutedRequest): void {
  readBodyFields('{}', body, noFields);
}

async function answerCredentials(
  { baseUrl }: RoutedRequest,
  { master }: Services,
  integration: ReadVersion<'integration'>,
): Promise<Answer> {
  const { id, document, keys = firstKeys } = integration;
  const secret = await storageCall('reading the master secret', () => master.read());
  const { keyId, token, signingKey } = currentCredential(secret, id, keys);
  const credentials: Shown<typeof credentialsAnswer> = {
    url: postbackUrlOf(baseUrl, id, document, token),
    token,
    hmac: { kid: keyId, secret: writeSigningKey(signingKey) },
  };
  return adminJson(200, credentials, entityTag(integration));
}
