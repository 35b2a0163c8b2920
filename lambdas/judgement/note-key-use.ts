import type { Deadline } from '../adapters/deadline';
import type { KeyUseTable } from '../adapters/key-use-table';
import { logTrouble } from '../adapters/metrics';
import type { JudgedFacts, Submission } from './submission';

/**
 * Notes which key a sender used, so that on-call knows when the old one is safe to drop. A sender that proved nothing notes nothing, nor
 * does a dry run, which is a person asking; a note that fails costs the postback nothing.
 */
export async function noteKeyUse(
  { request }: Pick<Submission, 'request'>,
  { authenticated, dryRun }: Pick<JudgedFacts, 'authenticated' | 'dryRun'>,
  table: KeyUseTable,
  deadline: Deadline,
): Promise<void> {
  if (authenticated?.keyId === undefined || dryRun) return;
  const { integration, keyId } = authenticated;
  try {
    await table.note({ integration, keyId, usedAt: request.receivedAt }, deadline);
  } catch (error) {
    logTrouble('the use of a key was not noted', error, { integration, keyId });
  }
}
