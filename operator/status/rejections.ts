import type { AdminApi } from '../api/admin-api';
import { Failure } from '../failure';
import { logRow } from '../answers';
import { largestPage } from '../pages';
import type { Rejections } from './diagnosis';

/**
 * Finds the commonest rejection on the newest page of the log, which suffices to name it. Returns `undefined` if the tracker does not
 * respond: the counters are then shown alone.
 */
export async function commonRejection(
  connect: () => Promise<AdminApi>,
  since: string,
): Promise<Rejections | undefined> {
  try {
    const query = { result: 'rejected', since, limit: largestPage };
    const { value: rows = [] } = await (await connect()).pages(['postbacks'], logRow, query).next();
    return mostCommon(rows ?? []);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

export function mostCommon(
  rows: readonly { readonly reason: string; readonly integration?: string | undefined }[],
): Rejections | undefined {
  const groups = new Map<string, { reason: string; integration: string | undefined; rows: number }>();
  for (const { reason, integration } of rows) {
    const key = `${reason} ${integration ?? ''}`;
    groups.set(key, { reason, integration, rows: (groups.get(key)?.rows ?? 0) + 1 });
  }
  const [most] = [...groups.values()].sort((left, right) => right.rows - left.rows);
  if (most === undefined) return undefined;
  const { reason, integration, rows: number } = most;
  return { reason, integration, share: number / rows.length };
}
