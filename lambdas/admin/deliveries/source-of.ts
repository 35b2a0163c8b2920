import type { ReadVersion } from '../../adapters/configuration-item';
import { notFound } from '../answer';
import { checkId } from '../collections';
import { readable } from '../document-view';
import type { RoutedRequest } from '../request';
import type { Services } from '../services';

/** The source that the path names. */
export async function sourceOf(
  { id, deadline }: RoutedRequest,
  { configuration }: Services,
): Promise<ReadVersion<'source'>> {
  checkId(id);
  const newest = await configuration.newest('source', id, deadline);
  if (newest === undefined || newest.deleted) throw notFound(`There is no source ${id}.`);
  return readable(newest);
}
