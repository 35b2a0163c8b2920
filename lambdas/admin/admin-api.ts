import { StorageFailure } from '../adapters/storage-failure';
import { errorAnswer, AdminError, type Answer } from './http/answer';
import { emit } from '../adapters/metrics';
import type { DescribedRoute } from './http/description';
import { readRequest, type AdminEvent, type AdminRequest, type RoutedRequest } from './http/request';
import { routeOf } from './routes';
import type { Services } from './http/services';

const retryAfterSeconds = '5';

/** The admin API over some services. It always answers: an error is logged once, and reported without its internals. */
export function adminApi(services: Services): (event: AdminEvent) => Promise<Answer> {
  return async (event) => {
    try {
      return await serve(readRequest(event), event, services);
    } catch (error) {
      return answerTo(error, event);
    }
  };
}

async function serve(request: AdminRequest, event: AdminEvent, services: Services): Promise<Answer> {
  const { route, parameters } = routeOf(request);
  const routed = { ...request, ...parameters };
  const run = async (): Promise<Answer> => {
    checkMediaType(routed);
    return route.run(routed, services);
  };
  const answer = await run().catch((error: unknown) => answerTo(error, event));
  audit(route, routed, answer);
  return answer;
}

/** One line for each call that may change something: who asked for what, of what, and how it was answered. */
function audit(
  { method, description }: DescribedRoute,
  { requestId, author, id }: RoutedRequest,
  { statusCode }: Answer,
): void {
  if (method === 'GET') return;
  emit({}, { requestId, author, operation: description.id, ...(id !== '' && { id }), httpStatus: statusCode });
}

/** A web page sends this type to another origin only after permission: changes come in no other. */
function checkMediaType({ method, contentType = '' }: AdminRequest): void {
  if (method !== 'PUT' && method !== 'POST') return;
  if (contentType.split(';')[0]?.trim().toLowerCase() === 'application/json') return;
  const message = `A ${method} must be JSON. Send the header "content-type: application/json".`;
  throw new AdminError('MEDIA_TYPE_UNSUPPORTED', message, {});
}

function answerTo(error: unknown, event: AdminEvent): Answer {
  return error instanceof AdminError
    ? errorAnswer(error.code, error.message, error.fields, error.headers)
    : failureAnswer(error, event);
}

function failureAnswer(error: unknown, event: AdminEvent): Answer {
  const { requestId, http } = event.requestContext;
  const storage = error instanceof StorageFailure;
  // The query string stays out: it may hold click IDs. So do the names and values in the document.
  console.error(
    JSON.stringify({
      level: 'ERROR',
      message: storage ? 'storage failed' : 'unexpected error',
      requestId,
      method: http.method,
      path: event.rawPath,
      error: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : String(error),
    }),
  );
  if (storage) {
    const next =
      http.method === 'GET' ? 'Try again.' : 'Whether the change was made is not known: read before you send it again.';
    const message = `The tracker could not reach its storage. ${next}`;
    return errorAnswer('STORAGE_UNAVAILABLE', message, { requestId }, { 'retry-after': retryAfterSeconds });
  }
  const message = "Something went wrong that should not. The function's log says more under this requestId.";
  return errorAnswer('INTERNAL_ERROR', message, { requestId });
}
