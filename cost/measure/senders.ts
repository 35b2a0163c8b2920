import { randomUUID } from 'node:crypto';
import * as v from 'valibot';

/** A visitor's browser and a sender's server, as they usually are: lengths are what is billed. */
const browser =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36';
const server = 'Go-http-client/2.0';

/** A click of a paid source: its own click ID is as long as Google's. */
const clickQuery =
  'source=google-search&sub1=campaign-21874&sub2=creative-118&sub3=mobile&cost=0.42&' +
  'external_id=EAIaIQobChMIx7bQ4eTqiQMVk5ZQBh0aBC1dEAAYASAAEgKx8vD_BwE';

/** Bytes of an answer on its way out: status line, headers, body. */
export interface MeasuredAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: unknown;
  readonly bytes: number;
}

/** A request of `fetch`, its headers as a plain object. */
type Sent = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

async function request(url: string, init: Sent, userAgent: string): Promise<MeasuredAnswer> {
  const headers = { 'user-agent': userAgent, ...init.headers };
  const response = await fetch(url, { redirect: 'manual', ...init, headers });
  const text = await response.text();
  const statusLine = `HTTP/1.1 ${response.status} ${response.statusText}\r\n`;
  const head = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return {
    status: response.status,
    location: response.headers.get('location') ?? undefined,
    body: parsed(text),
    bytes: Buffer.byteLength(`${statusLine}${head}\r\n${text}`),
  };
}

function parsed(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    return undefined;
  }
}

const sheetSchema = v.object({ token: v.string() });

/** A campaign as a team would make it, with an integration that asks for its token. */
export interface MeasuredCampaign {
  readonly id: string;
  click(): Promise<MeasuredAnswer & { readonly clickId: string }>;
  postback(fields: Readonly<Record<string, string>>): Promise<MeasuredAnswer>;
  /** A postback of a sender that proves nothing, and names no integration. */
  strangersPostback(fields: Readonly<Record<string, string>>): Promise<MeasuredAnswer>;
  admin(method: string, path: string, body?: object): Promise<unknown>;
  batch(rows: readonly Readonly<Record<string, string>>[]): Promise<MeasuredAnswer>;
}

export async function makeCampaign(url: string): Promise<MeasuredCampaign> {
  const id = `spring-${randomUUID().slice(0, 8)}`;
  const admin = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await request(
      `${url}/admin/v1${path}`,
      { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) },
      server,
    );
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}`);
    return answer.body;
  };
  await admin('PUT', `/integrations/${id}`, {
    name: 'Acme network',
    preset: 'generic',
    currency: 'USD',
    auth: { token: 'required', hmac: 'off', ip: 'off' },
  });
  await admin('PUT', `/campaigns/${id}`, {
    name: 'Spring sale',
    integration: id,
    status: 'active',
    offers: [{ id: 'main', url: 'https://shop.example/landing?sub={clickid}&s={source}', weight: 100 }],
  });
  const { token } = v.parse(sheetSchema, await admin('POST', `/integrations/${id}/credentials`, {}));
  return {
    id,
    admin,
    async click() {
      const answer = await request(`${url}/c/${id}?${clickQuery}`, {}, browser);
      const clickId = new URL(answer.location ?? 'http://nowhere').searchParams.get('sub');
      if (clickId === null) throw new Error(`a click answered ${answer.status}`);
      return { ...answer, clickId };
    },
    postback: (fields) =>
      request(`${url}/postback/${id}?${new URLSearchParams({ ...fields, token }).toString()}`, {}, server),
    strangersPostback: (fields) => request(`${url}/postback?${new URLSearchParams(fields).toString()}`, {}, server),
    batch: (rows) =>
      request(
        `${url}/postbacks/${id}`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify(rows),
        },
        server,
      ),
  };
}
