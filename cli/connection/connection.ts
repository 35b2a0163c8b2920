import { sendPlainly, type Connection } from '../../operator/api/connection';
import type { TrackerTarget } from './options';

/** Connects to the tracker that the options select. */
export async function connect(target: TrackerTarget): Promise<Connection> {
  if (target.at === 'url') return { publicUrl: target.url, adminUrl: `${target.url}/admin/v1`, send: sendPlainly };
  // The AWS clients take longer to load than everything else together.
  const { connectToStack } = await import('./aws-connection.js');
  return connectToStack(target);
}
