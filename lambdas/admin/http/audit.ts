import { emit } from '../../adapters/metrics';
import type { Answer } from './answer';
import type { DescribedRoute } from './description';
import type { RoutedRequest } from './request';

/** One line for each call that may change something: who asked for what, of what, and how it was answered. */
export function audit(
  { method, description }: DescribedRoute,
  { requestId, author, id }: RoutedRequest,
  { statusCode }: Answer,
): void {
  if (method === 'GET') return;
  emit({}, { requestId, author, operation: description.id, ...(id !== '' && { id }), httpStatus: statusCode });
}
