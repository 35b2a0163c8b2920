import type { Deadline } from '../adapters/deadline';
import type { KeyUseTable } from '../adapters/key-use-table';
import { logTrouble } from '../adapters/metrics';
import type { Facts, Submission } from './submission';

/**
 * Notes which key a believed sender used, so that on-call knows when the old one is safe to drop. Whoever was not believed notes
 * nothing, nor does a dry run, which is a person asking; and a note that fails costs the postback nothing.
 */
export async function noteKeyUse(
  { request }: Pick<Submission, 'request'>,
  { integrationId, keyId, authenticated, dryRun }: Pick<Facts, 'integrationId' | 'keyId' | 'authenticated' | 'dryRun'>,
  table: KeyUseTable,
  deadline: Deadline,
): Promise<void> {
  if (authenticated !== true || dryRun || integrationId === undefined || keyId === undefined) return;
  try {
    await table.note({ integration: integrationId, keyId, usedAt: request.receivedAt }, deadline);
  } catch (error) {
    logTrouble('the use of a key was not noted', error, { integration: integrationId, keyId });
  }
}
