import * as v from 'valibot';
import type { AdminApi } from '../api/admin-api';

const postbackUrl = v.looseObject({ url: v.string() });

const credentials = v.looseObject({
  url: v.string(),
  token: v.string(),
  hmac: v.looseObject({ kid: v.string(), secret: v.string() }),
});

const liveKey = v.looseObject({ kid: v.string(), current: v.boolean(), lastUsedAt: v.optional(v.string()) });

/** The credentials of a sender of an integration. */
export type Credentials = v.InferOutput<typeof credentials>;

/** A valid key; its last use is known to the hour. */
export type LiveKey = v.InferOutput<typeof liveKey>;

/** The URL to paste into the sender's system, its secrets masked. */
export async function maskedPostbackUrl(api: AdminApi, id: string): Promise<string> {
  return (await api.call('GET', ['integrations', id, 'postback-url'], postbackUrl)).url;
}

/** Returns secrets; the tracker logs the caller. */
export function credentialsOf(api: AdminApi, id: string): Promise<Credentials> {
  return api.call('POST', ['integrations', id, 'credentials'], credentials);
}

/** Returns the current key, then the previous one while it is still valid. */
export async function liveKeysOf(api: AdminApi, id: string): Promise<readonly LiveKey[]> {
  return (await api.call('GET', ['integrations', id, 'keys'], v.looseObject({ items: v.array(liveKey) }))).items;
}

/**
 * Creates new keys.
 * @param version the version of the integration that this is based on
 */
export function makeNewKeys(api: AdminApi, id: string, version: number): Promise<Credentials> {
  return api.call('POST', ['integrations', id, 'keys'], credentials, { ifMatch: version });
}
