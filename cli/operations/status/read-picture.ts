import type { TrackerTarget } from '../../connection/options';
import { localPicture } from '../../../operator/status/local-picture';
import type { Picture } from '../../../operator/status/picture';

export async function readPicture(target: TrackerTarget, at: number): Promise<Picture> {
  if (target.at === 'url') return localPicture(target.url, at);
  // The AWS clients take longer to load than everything else together.
  const { awsPicture } = await import('./aws-picture.js');
  return awsPicture(target, at);
}
