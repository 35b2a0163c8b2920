import type { MasterSecret } from '../adapters/master-secret';
import type { LogRow } from '../domain/postback/log-row';
import { isReplayable, sealRequest } from '../domain/postback/replay';
import type { PostbackRequest } from '../domain/postback/request';
import type { Facts } from './submission';

/**
 * Adds the sealed request to the row of a verdict that a replay may change. What was recorded, a duplicate or a test has nothing to
 * be replayed for, and its row stays small.
 */
export async function withRequest(
  row: LogRow,
  request: PostbackRequest,
  facts: Facts,
  { masterSecret }: { readonly masterSecret: MasterSecret },
): Promise<LogRow> {
  if (!isReplayable(row) || facts.erased === true) return row;
  const tiers = Object.values(facts.integration?.auth ?? {});
  const proven = facts.authenticated === true && tiers.includes('required');
  try {
    const sealed = sealRequest(request, row.requestId, proven, await masterSecret.read());
    return sealed === undefined ? row : { ...row, sealed };
  } catch {
    // Without its key there is no seal. The verdict and its row matter more.
    return row;
  }
}
