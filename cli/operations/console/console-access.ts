import { localAccess } from '../../../console/access/connected-access';
import type { TrackerAccess } from '../../../console/server/tracker-access';
import type { TrackerTarget } from '../../connection/options';

/** Opens the tracker that the options select, with the rights of the user. */
export async function consoleAccess(target: TrackerTarget): Promise<TrackerAccess> {
  if (target.at === 'url') return localAccess(() => target.url);
  // The AWS clients take longer to load than everything else together.
  const { stackAccess } = await import('./stack-access.js');
  return stackAccess(target);
}
