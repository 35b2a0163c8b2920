import { writeFileSync } from 'node:fs';
import { type DataFolder, isPresent } from './data-folder/open';
import { messageOf } from './failure';
import type { StackModel } from './template/model';

/** What a newcomer finds: one integration that takes any sender, and one campaign that uses it. */
const documents = [
  {
    path: '/admin/v1/integrations/demo',
    body: {
      name: 'Demo advertiser',
      preset: 'generic',
      currency: 'USD',
      auth: { token: 'off', hmac: 'off', ip: 'off' },
    },
  },
  {
    path: '/admin/v1/campaigns/demo',
    body: {
      name: 'Demo campaign',
      integration: 'demo',
      status: 'active',
      offers: [{ id: 'main', url: 'https://shop.example/landing?sub={clickid}', weight: 100 }],
    },
  },
];

const patienceMilliseconds = 20_000;

/** Whether this stack has the admin API that seeding goes through. */
export function canSeed(stack: StackModel): boolean {
  return stack.api?.routes.some(({ path }) => path.startsWith('/admin/v1/')) ?? false;
}

/**
 * Puts the demo campaign in on first start, through the public API, as an operator would. Returns what happened, in one
 * phrase; it never stops the stack.
 */
export async function seed(url: string, stackName: string, data: DataFolder): Promise<string> {
  const marker = data.seeded(stackName);
  if (isPresent(marker)) return 'demo campaign is there already';
  try {
    for (const { path, body } of documents) {
      const response = await fetch(url + path, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patienceMilliseconds),
      });
      // 409: it is there, from a data folder whose marker was lost.
      if (!response.ok && response.status !== 409) {
        return `failed: PUT ${path} answered ${response.status} ${(await response.text()).slice(0, 200)}`;
      }
    }
    writeFileSync(marker, `${new Date().toISOString()}\n`);
    return 'campaign "demo", integration "demo"';
  } catch (error) {
    return `failed: ${messageOf(error)}`;
  }
}
