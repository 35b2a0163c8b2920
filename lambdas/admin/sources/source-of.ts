import type { ReadVersion } from '../../adapters/configuration-item';
import { notFound } from '../http/answer';
import { checkId } from '../documents/collections';
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
  if (newest === undefined || newest.deleted) throw notFound(`There is no source ${id}.`);
  return readable(newest);
}
