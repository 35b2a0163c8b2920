import { randomUUID } from 'node:crypto';
import type { LocalStack } from './local-stack';

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where the body is no JSON object. */
  readonly body: Json;
  readonly items: readonly Json[];
}

/** Visitors, senders and the team: whoever reaches the tracker over HTTP. */
export interface Client {
  call(path: string, init?: RequestInit): Promise<Reply>;
  admin(method: string, path: string, body?: unknown): Promise<Reply>;
  /** A new campaign with an integration of its own; answers both their IDs, which are the same. */
  campaign(settings?: { readonly integration?: object; readonly campaign?: object }): Promise<string>;
  /** Clicks, and answers the click ID that the landing page got. */
  click(campaign: string, query?: string): Promise<string>;
  postback(parameters: Readonly<Record<string, string>>, path?: string): Promise<Reply>;
  conversions(clickId: string): Promise<readonly Json[]>;
  logRow(requestId: unknown): Promise<Json>;
}

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Integrations that ask for nothing, where a test is about something else. */
export const open = { token: 'off', hmac: 'off', ip: 'off' } as const;

export function clientOf({ url }: Pick<LocalStack, 'url'>): Client {
  async function call(path: string, init: RequestInit = {}): Promise<Reply> {
    const response = await fetch(url + path, { redirect: 'manual', ...init });
    const text = await response.text();
    const body = parsed(text);
    const { items } = body;
    return { status: response.status, headers: response.headers, text, body, items: Array.isArray(items) ? items : [] };
  }
  const admin: Client['admin'] = (method, path, body) =>
    call(`/admin/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  async function put(path: string, document: object): Promise<void> {
    const { status, text } = await admin('PUT', path, document);
    if (status >= 300) throw new Error(`PUT ${path}: ${status} ${text}`);
  }
  return {
    call,
    admin,
    async campaign({ integration = {}, campaign = {} } = {}) {
      const id = `c-${randomUUID().slice(0, 8)}`;
      await put(`/integrations/${id}`, { name: id, preset: 'generic', currency: 'USD', auth: open, ...integration });
      await put(`/campaigns/${id}`, {
        name: id,
        integration: id,
        status: 'active',
        offers: [{ id: 'main', url: 'https://shop.example/landing?sub={clickid}', weight: 100 }],
        ...campaign,
      });
      return id;
    },
    async click(campaign, query = '?source=news') {
      const { status, headers, text } = await call(`/c/${campaign}${query}`, { headers: { 'user-agent': browser } });
      const location = headers.get('location');
      if (status !== 302 || location === null) throw new Error(`a click answered ${status} ${text}`);
      return new URL(location).searchParams.get('sub') ?? '';
    },
    postback: (parameters, path = '/postback') => call(`${path}?${new URLSearchParams(parameters).toString()}`),
    conversions: async (clickId) => (await admin('GET', `/conversions?clickId=${clickId}`)).items,
    async logRow(requestId) {
      const { status, body } = await admin('GET', `/postbacks/${String(requestId)}`);
      return status === 200 ? body : {};
    },
  };
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
