import { localAccess } from '../../../console/access/connected-access';
import type { TrackerAccess } from '../../../console/server/tracker-access';
import type { TrackerTarget } from '../../connection/options';

/** The tracker that the options name, with the rights of the person who runs the command. */
export async function consoleAccess(target: TrackerTarget): Promise<TrackerAccess> {
  if (target.at === 'url') return localAccess(() => target.url);
  // The AWS clients take longer to load than everything else together.
  const { stackAccess } = await import('./stack-access.js');
  return stackAccess(target);
}
