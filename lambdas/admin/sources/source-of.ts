import type { ReadVersion } from '../../adapters/configuration-item';
import { checkId, noDocument, sources } from '../documents/collections';
import { readable } from '../documents/view';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

/** The source that the path names. */
export async function sourceOf(
  { id, deadline }: RoutedRequest,
  { configuration }: Services,
): Promise<ReadVersion<'source'>> {
  checkId(id);
  const newest = await configuration.newest('source', id, deadline);
  if (newest === undefined || newest.deleted) throw noDocument(sources, id);
  return readable(newest);
}
