import type { StoredVersion } from '../../adapters/configuration-item';
import type { Deadline } from '../../adapters/deadline';
import { storageCall } from '../../adapters/storage-failure';
import { currentCredential, firstKeys } from '../../domain/trust/keys';
import { document, type Answer } from '../http/answer';
import { checkId } from '../documents/collections';
import { entityTag } from '../documents/view';
import { existing } from '../integrations/keys';
import { noFields, readBodyFields } from '../http/body';
import { maximumLimit, noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { sheetOf } from './sheet';

/** What is handed to whoever sends the postbacks, without the token. */
export function getIntegrationSheet(request: RoutedRequest, services: Services): Promise<Answer> {
  return answerSheet(request, services, false);
}

/** The same with the token in its URLs. It shows a secret, and so is a POST, as the credentials are. */
export function getSheetWithToken(request: RoutedRequest, services: Services): Promise<Answer> {
  readBodyFields('{}', request.body, noFields);
  return answerSheet(request, services, true);
}

async function answerSheet(request: RoutedRequest, services: Services, withToken: boolean): Promise<Answer> {
  checkId(request.id);
  const { id, baseUrl, deadline } = request;
  readQueryParameters(request, noParameters);
  const versions = await allVersions(id, services, deadline);
  const newest = existing(id, versions[0]);
  const keys = newest.keys ?? firstKeys;
  const token = withToken
    ? currentCredential(await storageCall('reading the master secret', () => services.master.read()), id, keys).token
    : undefined;
  const sheet = sheetOf({
    id,
    baseUrl,
    integration: newest.document,
    keys: [keys.current, ...(keys.previous === undefined ? [] : [keys.previous])],
    ...(token !== undefined && { token }),
    versions,
  });
  return document('text/markdown; charset=utf-8', sheet, entityTag(newest));
}

async function allVersions(
  id: string,
  { configuration }: Services,
  deadline: Deadline,
): Promise<readonly StoredVersion<'integration'>[]> {
  const all: StoredVersion<'integration'>[] = [];
  let more = true;
  while (more) {
    const below = all.at(-1)?.version;
    const page = { limit: maximumLimit, ...(below !== undefined && { below }) };
    const next = await configuration.versions('integration', id, page, deadline);
    all.push(...next.versions);
    ({ more } = next);
  }
  return all;
}
