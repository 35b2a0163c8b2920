import type { Deadline } from '../adapters/deadline';
import type { KeyUseTable } from '../adapters/key-use-table';
import { logTrouble } from '../adapters/metrics';
import type { JudgedFacts, Submission } from './submission';

/**
 * Notes which key a sender used, so that on-call knows when the old one is safe to drop. A test or a dry run is a person who tries the
 * key, and is not noted. A note that fails costs the postback nothing.
 */
export async function noteKeyUse(
  { request }: Pick<Submission, 'request'>,
  { authenticated, dryRun, test }: Pick<JudgedFacts, 'authenticated' | 'dryRun' | 'test'>,
  table: KeyUseTable,
  deadline: Deadline,
): Promise<void> {
  if (authenticated?.keyId === undefined || dryRun || test) return;
  const { integration, keyId } = authenticated;
  try {
    await table.note({ integration, keyId, usedAt: request.receivedAt }, deadline);
  } catch (error) {
    logTrouble('the use of a key was not noted', error, { integration, keyId });
  }
}
