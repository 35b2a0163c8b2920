import { StorageFailure } from '../adapters/storage-failure';
import { json, Refusal, refusalAnswer, type Answer } from './answer';
import { readRequest, type AdminEvent } from './request';
import { routeOf } from './routes';
import type { Services } from './services';

const retryAfterSeconds = '5';

/** The admin API over some services. It always answers: what goes wrong is logged once and told without its insides. */
export function adminApi(services: Services): (event: AdminEvent) => Promise<Answer> {
  return async (event) => {
    try {
      const request = readRequest(event);
      const { run, parameters } = routeOf(request);
      return await run({ ...request, ...parameters }, services);
    } catch (error) {
      return error instanceof Refusal ? refusalAnswer(error) : failureAnswer(error, event);
    }
  };
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
    return json(503, { error: 'STORAGE_UNAVAILABLE', message, requestId }, { 'retry-after': retryAfterSeconds });
  }
  const message = "Something went wrong that should not. The function's log tells more under this requestId.";
  return json(500, { error: 'INTERNAL_ERROR', message, requestId });
}
