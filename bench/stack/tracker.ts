/** Everything that a load needs of a running tracker: a campaign to click, and an integration that accepts its token. */
export interface BenchTracker {
  readonly url: string;
  readonly clickPath: string;
  /** A postback that no other is like, for a click. */
  postbackPath(clickId: string, number: number): string;
}

const id = 'bench';

export async function setUpTracker(url: string): Promise<BenchTracker> {
  await call(url, 'PUT', `integrations/${id}`, { name: 'Bench', preset: 'generic', currency: 'USD' });
  const offers = [{ id: 'main', url: 'https://shop.example/landing?sub={clickid}', weight: 100 }];
  await call(url, 'PUT', `campaigns/${id}`, { name: 'Bench', integration: id, status: 'active', offers });
  const { token } = await call(url, 'POST', `integrations/${id}/credentials`);
  if (typeof token !== 'string') throw new Error('The credentials come without a token.');
  return {
    url,
    clickPath: `/c/${id}?source=mail&sub1=a&sub2=b`,
    postbackPath: (clickId, number) =>
      `/postback/${id}?clickid=${clickId}&amount=12.50&status=approved&txid=order-${number}&token=${token}`,
  };
}

async function call(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${url}/admin/v1/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  const answer: Readonly<Record<string, unknown>> = JSON.parse(text);
  return answer;
}
