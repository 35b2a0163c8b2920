import {
  serveSession,
  type PageCall,
  type ServedPage,
  type SessionServer,
} from '../../../console/server/session-server';
import { sendPlainly, type Connection } from '../../../operator/api/connection';
import { apiFailureOf } from '../../../operator/api/api-failure';
import { systemCodeOf, usageFailure } from '../../../operator/failure';

/** What the page is filled in with. */
export interface TestPageChoice {
  readonly integration?: string | undefined;
  readonly campaign?: string | undefined;
}

const adminPrefix = '/admin/v1';

/** The admin calls that the page makes. IDs are spelled out: a path that a front decodes again must not become another call. */
const adminCalls: readonly (readonly [method: string, path: RegExp])[] = [
  ['GET', /^\/(?:campaigns|integrations)$/],
  ['POST', /^\/test-clicks$/],
  ['POST', /^\/integrations\/[\w.-]+\/credentials$/],
  ['GET', /^\/postbacks\/[0-9A-Za-z]+$/],
];

/** Serves the tracker's test page on this machine, and makes its calls with the user's own credentials. */
export async function serveTestPage(
  connection: Connection,
  choice: TestPageChoice,
  port: number,
): Promise<SessionServer> {
  const page = await readPage(connection, choice);
  try {
    return await serveSession({ page, route: (call) => routeOf(connection, call) }, port);
  } catch (error) {
    if (systemCodeOf(error) === 'EADDRINUSE') throw usageFailure(`Port ${port} is in use: choose another with --port.`);
    throw error;
  }
}

async function readPage({ adminUrl, send }: Connection, choice: TestPageChoice): Promise<ServedPage> {
  const url = new URL(`${adminUrl}/test-page`);
  for (const [name, value] of Object.entries(choice)) if (value !== undefined) url.searchParams.set(name, value);
  const response = await send({ method: 'GET', url, headers: { accept: 'text/html' } });
  const body = await response.text();
  if (!response.ok) throw apiFailureOf(response.status, body, url);
  const headers = ['content-type', 'content-security-policy'].map((name) => [name, response.headers.get(name) ?? '']);
  return { headers: Object.fromEntries(headers), body };
}

function routeOf({ publicUrl, adminUrl, send }: Connection, call: PageCall): (() => Promise<Response>) | undefined {
  const { method, path, search, headers, body } = call;
  if (path.startsWith(`${adminPrefix}/`)) {
    const rest = path.slice(adminPrefix.length);
    if (!adminCalls.some(([allowed, pattern]) => allowed === method && pattern.test(rest))) return undefined;
    const url = new URL(`${adminUrl}${rest}${search}`);
    return () => send({ method, url, headers, ...(body !== undefined && { body }) });
  }
  // A postback goes where its sender sends it, unsigned, and nowhere else.
  if (method !== 'GET' || isPrivate(path)) return undefined;
  return () => sendPlainly({ method, url: new URL(`${publicUrl}${path}${search}`), headers: {} });
}

/** Also where letters are encoded: fronts decode paths before they choose a route. */
function isPrivate(path: string): boolean {
  const decoded = path.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return /^\/+(?:admin|_local)(?:\/|$)/i.test(decoded);
}
