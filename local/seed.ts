import { writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { shopPath } from './control/demo-shop';
import { type DataFolder, isPresent } from './data-folder/open';
import { messageOf } from './failure';
import { parseJson } from './json';
import type { StackModel } from './template/model';

/** The demo data: one integration that accepts any sender, and one campaign that uses it. */
const integration = {
  name: 'Demo advertiser',
  preset: 'generic',
  currency: 'USD',
  auth: { token: 'off', hmac: 'off', ip: 'off' },
};
const campaignOf = (url: string) => ({
  name: 'Demo campaign',
  integration: 'demo',
  status: 'active',
  offers: [{ id: 'main', url: `${url}${shopPath}?sub={clickid}`, weight: 100 }],
});

const patienceMilliseconds = 20_000;

/** Whether this stack has the admin API for the demo data. */
export function canSeed(stack: StackModel): boolean {
  return stack.api?.routes.some(({ path }) => path.startsWith('/admin/v1/')) ?? false;
}

/**
 * Creates the demo campaign on first start through the public API, as an operator would; a later start on another port updates its offer.
 * Returns the outcome as one phrase; never stops the stack.
 */
export async function seed(url: string, stackName: string, data: DataFolder): Promise<string> {
  const marker = data.seeded(stackName);
  try {
    if (isPresent(marker)) return await moveShop(url);
    // 409: it exists, from a data folder whose marker was lost.
    await call(url, 'PUT', '/integrations/demo', integration, [409]);
    await call(url, 'PUT', '/campaigns/demo', campaignOf(url), [409]);
    writeFileSync(marker, `${new Date().toISOString()}\n`);
    return 'campaign "demo", integration "demo"';
  } catch (error) {
    return `failed: ${messageOf(error)}`;
  }
}

const storedCampaign = v.looseObject({
  version: v.number(),
  offers: v.tuple([v.looseObject({ url: v.string() })]),
});
/** Matches the page of an earlier start, which may have had another port. */
const anyShop = new RegExp(`^http://127\\.0\\.0\\.1:\\d+${shopPath}\\?sub=\\{clickid\\}$`);

async function moveShop(url: string): Promise<string> {
  const answer = await call(url, 'GET', '/campaigns/demo', undefined, [404]);
  const { success, output } = v.safeParse(storedCampaign, parseJson(await answer.text()));
  // An offer that the user changed stays unchanged.
  if (!success || !anyShop.test(output.offers[0].url) || output.offers[0].url.startsWith(`${url}/`)) {
    return 'campaign "demo" is there already';
  }
  const { version } = output;
  await call(url, 'PUT', '/campaigns/demo', { ...campaignOf(url), version }, [409]);
  return 'campaign "demo" leads to this port now';
}

/** @param taken statuses that are accepted beside success */
async function call(
  url: string,
  method: string,
  path: string,
  body: object | undefined,
  taken: readonly number[],
): Promise<Response> {
  const response = await fetch(`${url}/admin/v1${path}`, {
    method,
    signal: AbortSignal.timeout(patienceMilliseconds),
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (response.ok || taken.includes(response.status)) return response;
  throw new Error(`${method} ${path} answered ${response.status} ${(await response.text()).slice(0, 200)}`);
}
