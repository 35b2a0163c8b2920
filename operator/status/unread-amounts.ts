import type { AdminApi } from '../api/admin-api';
import { Failure } from '../failure';
import { logRow, type LogRow } from '../answers';
import { largestPage } from '../pages';
import type { UnreadAmounts } from './diagnosis';

/** Maximum integrations named: more make an unreadable sentence. */
const named = 3;
const unread = 'AMOUNT_UNREAD';

/**
 * Finds the integrations whose newest postbacks lack the amount that they seem to hold, and the share of each, from one page of the log
 * each. Empty if the tracker does not respond: the counter is then shown alone.
 */
export async function unreadAmounts(
  connect: () => Promise<AdminApi>,
  since: string,
): Promise<readonly UnreadAmounts[]> {
  try {
    const api = await connect();
    const page = async (query: Readonly<Record<string, string>>): Promise<readonly LogRow[]> =>
      (await api.pages(['postbacks'], logRow, { ...query, since, limit: largestPage }).next()).value ?? [];
    const integrations = mostFrequent(await page({ warning: unread }));
    return await Promise.all(
      integrations.map(async (integration) => {
        const rows = await page({ integration });
        return { integration, unread: rows.filter(isUnread).length, of: rows.length };
      }),
    );
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

function isUnread({ warnings }: Pick<LogRow, 'warnings'>): boolean {
  return warnings.some(({ code }) => code === unread);
}

function mostFrequent(rows: readonly Pick<LogRow, 'integration'>[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { integration } of rows) {
    if (integration !== undefined) counts.set(integration, (counts.get(integration) ?? 0) + 1);
  }
  const byCount = [...counts].toSorted(([, left], [, right]) => right - left);
  return byCount.slice(0, named).map(([integration]) => integration);
}
