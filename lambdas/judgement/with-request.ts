import type { MasterSecret } from '../adapters/master-secret';
import type { LogRow } from '../domain/log/log-row';
import { isReplayable } from '../domain/verdict/replay';
import { sealRequest } from '../domain/log/sealed-request';
import type { JudgedFacts, Submission } from './submission';

/**
 * Adds the sealed request to the row of a verdict that a replay may change. A complete postback needs no replay, and its row stays small.
 */
export async function withRequest(
  row: LogRow,
  { request }: Submission,
  { authenticated, covered, erased }: JudgedFacts,
  { masterSecret }: { readonly masterSecret: MasterSecret },
): Promise<LogRow> {
  if (!isReplayable(row) || erased === true) return row;
  const kept = authenticated === undefined ? { request } : { request: covered, authenticated };
  try {
    const sealed = sealRequest(kept, row.requestId, await masterSecret.read());
    return sealed === undefined ? row : { ...row, sealed };
  } catch {
    // Without its key there is no seal. The verdict and its row matter more.
    return row;
  }
}
