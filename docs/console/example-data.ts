import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';

/** What the example data calls things; tests and screenshots look for them. */
export const example = {
  integrations: ['northwind', 'brightads', 'demo'],
  campaign: 'autumn-sale',
  order: 'NW-48213',
  rejectedOrder: 'NW-48217',
} as const;

const integrations: Readonly<Record<string, object>> = {
  northwind: {
    name: 'Northwind Shop',
    preset: 'generic',
    currency: 'USD',
    auth: { token: 'required', hmac: 'off', ip: 'off' },
  },
  brightads: {
    name: 'BrightAds network',
    preset: 'keitaro',
    currency: 'EUR',
    auth: { token: 'off', hmac: 'off', ip: 'off' },
  },
};

const campaigns: Readonly<Record<string, object>> = {
  'autumn-sale': {
    name: 'Autumn sale',
    integration: 'northwind',
    status: 'active',
    offers: [
      { id: 'landing-a', url: 'https://shop.example/autumn?sub={clickid}', weight: 70 },
      { id: 'landing-b', url: 'https://shop.example/autumn-b?sub={clickid}', weight: 30 },
    ],
  },
  'sleep-app': {
    name: 'Sleep app, tier 1',
    integration: 'brightads',
    status: 'active',
    offers: [{ id: 'store', url: 'https://app.example/get?sub={clickid}', weight: 100 }],
  },
  'spring-clearance': {
    name: 'Spring clearance',
    integration: 'northwind',
    status: 'paused',
    offers: [{ id: 'main', url: 'https://shop.example/spring?sub={clickid}', weight: 100 }],
  },
};

const sources: Readonly<Record<string, object>> = {
  'search-ads': { name: 'Search ads', cost: { currency: 'USD' } },
  newsletter: { name: 'Newsletter', cost: { currency: 'USD' } },
};

/** One sale after another: campaign, source, what is sent of it, in the order in which it is sent. */
const sales: readonly (readonly [campaign: string, source: string, ...postbacks: string[]])[] = [
  ['autumn-sale', 'search-ads', 'amount=129.90&txid=NW-48210&status=approved'],
  ['autumn-sale', 'newsletter', 'amount=59.00&txid=NW-48211&status=approved'],
  ['sleep-app', 'search-ads', 'payout=4.20&tid=SA-9001&status=sale&currency=EUR'],
  ['autumn-sale', 'search-ads', 'amount=18.75&txid=NW-48212&status=pending'],
  [
    'autumn-sale',
    'newsletter',
    'amount=249.00&txid=NW-48213&status=pending',
    'amount=249.00&txid=NW-48213&status=approved',
    'amount=249.00&txid=NW-48213&status=approved',
  ],
  ['sleep-app', 'newsletter', 'payout=4.20&tid=SA-9002&status=sale&currency=EUR'],
  ['autumn-sale', 'search-ads', 'amount=12,50 EUR&txid=NW-48217&status=approved'],
  ['autumn-sale', 'search-ads', 'amount=74.10&txid=NW-48218&status=reversed'],
  ['autumn-sale', 'newsletter', 'amount=31.00&txid=NW-48219&status=shipped'],
  ['sleep-app', 'search-ads', 'payout=7.80&tid=SA-9003&status=lead&currency=EUR'],
  ['autumn-sale', 'search-ads', 'amount=88.40&txid=NW-48220&status=approved'],
  ['autumn-sale', 'newsletter', 'amount={amount}&txid={transaction_id}&status=approved'],
];

/** Puts example documents, clicks and postbacks into a local tracker, through its public addresses. */
export async function seedExample(url: string): Promise<void> {
  for (const [kind, documents] of Object.entries({ integrations, campaigns, sources })) {
    for (const [id, document] of Object.entries(documents)) await put(url, `${kind}/${id}`, document);
  }
  const token = await tokenOf(url, 'northwind');
  for (const [campaign, source, ...postbacks] of sales) {
    const clickId = await clickOf(url, campaign, source);
    for (const postback of postbacks) await send(url, campaign, clickId, postback, token);
  }
  for (let count = 0; count < 20; count++) await clickOf(url, 'autumn-sale', 'search-ads');
  const stranger = await clickOf(url, 'autumn-sale', 'search-ads');
  await send(url, 'autumn-sale', stranger, 'amount=10.00&txid=NW-48221', 'wrong-token');
}

async function clickOf(url: string, campaign: string, source: string): Promise<string> {
  const response = await fetch(`${url}/c/${campaign}?source=${source}&cost=0.12&sub1=creative-7`, {
    redirect: 'manual',
    headers: {
      'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15',
    },
  });
  const clickId = new URL(response.headers.get('location') ?? 'http://none').searchParams.get('sub');
  if (clickId === null) throw new Error(`the click on ${campaign} was answered ${response.status}`);
  return clickId;
}

async function send(url: string, campaign: string, clickId: string, postback: string, token: string): Promise<void> {
  const shop = campaign === 'sleep-app';
  const query = postback
    .split('&')
    .map((pair) => pair.split('='))
    .map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const target = shop ? `brightads?subid=${clickId}` : `northwind?clickid=${clickId}&token=${token}`;
  await fetch(`${url}/postback/${target}&${query}`, { headers: { 'user-agent': 'shop-backend/3.2' } });
  // Histories are in the order of time.
  await delay(5);
}

export async function put(url: string, path: string, document: object): Promise<void> {
  const response = await fetch(`${url}/admin/v1/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(document),
  });
  if (!response.ok) throw new Error(`PUT ${path} was answered ${response.status} ${await response.text()}`);
}

async function tokenOf(url: string, integration: string): Promise<string> {
  const response = await fetch(`${url}/admin/v1/integrations/${integration}/credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return v.parse(v.looseObject({ token: v.string() }), await response.json()).token;
}
