import type { AdminApi } from '../../operator/api/admin-api';
import { sendPlainly, type Outgoing } from '../../operator/api/connection';
import { credentialsOf } from '../../operator/documents/credentials';
import { integrationOf } from '../../operator/documents/sender-setup';
import { masked } from '../../operator/log/raw-request';
import { proofOf } from '../../operator/postback/send-postback';
import { signedUrl } from '../../operator/postback/signing';

/**
 * Sends a GET as a sender of the integration would. The server adds the token, and a signature where the integration checks one, so that
 * no secret reaches the page. A URL that has its own token goes as it is, and so does one of no known integration.
 */
export async function sendTestPostback(api: AdminApi, url: URL, integration: string | undefined): Promise<Response> {
  const pairs = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '');
  const own = pairs.filter((pair) => !isPlaceholder(pair));
  const hasToken = own.some((pair) => pair.startsWith('token='));
  const headers = { 'user-agent': 'postback-tracker-console' };
  const id = integration ?? integrationIn(url.pathname);
  if (hasToken || id === undefined) return sendPlainly({ method: 'GET', url, headers });
  const { auth } = await integrationOf(api, id);
  const { token, signingKey } = proofOf(await credentialsOf(api, id), auth);
  const plain = `${url.origin}${url.pathname}${own.length === 0 ? '' : `?${own.join('&')}`}`;
  const address = signingKey === undefined ? plain : await signedUrl(plain, signingKey, Math.floor(Date.now() / 1000));
  const outgoing: Outgoing = {
    method: 'GET',
    url: new URL(address),
    headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
  };
  return sendPlainly(outgoing);
}

function isPlaceholder(pair: string): boolean {
  return pair === 'token' || pair === 'token=' || pair === `token=${masked}` || pair === 'token=%2A%2A%2A';
}

/** `/postback/acme` names it; an integration behind a drop-in path must be named by the page. */
function integrationIn(path: string): string | undefined {
  return /^\/postback\/([\w.-]+)\/?$/.exec(path)?.[1];
}
