import * as v from 'valibot';
import { mostSecrets } from '../../adapters/source-secrets';
import { storageCall } from '../../adapters/storage-failure';
import { noContent, notFound, fieldsError, type Answer } from '../http/answer';
import { readBodyFields } from '../http/body';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { sourceOf } from './source-of';

const valueText = 'must be a text of 1 to 4096 characters';

export const secretSchema = v.strictObject({
  value: v.pipe(v.string(valueText), v.minLength(1, valueText), v.maxLength(4096, valueText)),
});

/** Names as `{secret:NAME}` writes them. */
export const secretName = v.pipe(v.string(), v.regex(/^[A-Za-z][\w-]{0,63}$/));

/** Sets a secret of a source. No route ever shows it. */
export async function putSecret(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const name = nameOf(request);
  const { value } = readBodyFields('{"value": "…"}', request.body, secretSchema);
  await sourceOf(request, services);
  if ((await change(request, services, name, value)) === 'too many') {
    throw wrongName(`must be one of those that are set: a source has ${mostSecrets} at most`);
  }
  return noContent();
}

export async function deleteSecret(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const name = nameOf(request);
  if ((await change(request, services, name, undefined)) === 'absent') {
    throw notFound(`The source ${request.id} has no secret ${name}.`);
  }
  return noContent();
}

async function change({ id, deadline }: RoutedRequest, services: Services, name: string, value: string | undefined) {
  const master = await storageCall('reading the master secret', () => services.master.read());
  return services.outbound().secrets.change(id, name, value, master, deadline);
}

function nameOf({ segments }: RoutedRequest): string {
  const name = segments[3] ?? '';
  if (!v.is(secretName, name)) throw wrongName('must begin with a letter and hold letters, digits, "_" or "-"');
  return name;
}

function wrongName(problem: string): Error {
  return fieldsError('ID_INVALID', 'The name in the path is wrong', [{ path: 'secretName', problem }]);
}
