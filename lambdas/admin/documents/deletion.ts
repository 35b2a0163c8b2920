import type { Deadline } from '../../adapters/deadline';
import { noContent, AdminError, type Answer } from '../http/answer';
import { checkId, noDocument, type Collection } from './collections';
import { commit } from './commit';
import { maximumLimit, noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { readIfMatch } from './version-base';

/** A deletion is a version too: the history continues, and so do the numbers if the document is created again. */
export function deleteDocument(collection: Collection) {
  const { kind } = collection;
  return async (request: RoutedRequest, services: Services): Promise<Answer> => {
    checkId(request.id);
    readQueryParameters(request, noParameters);
    if (kind === 'integration') await checkUnused(request.id, services, request.deadline);
    await commit(kind, request, services, readIfMatch(request), (newest) => {
      if (newest === undefined || newest.deleted) throw noDocument(collection, request.id);
      return { ...newest, deleted: true };
    });
    return noContent();
  };
}

async function checkUnused(integration: string, services: Services, deadline: Deadline): Promise<void> {
  const users = await campaignsOf(integration, services, deadline);
  if (users.length === 0) return;
  const named = `${users.slice(0, 20).join(', ')}${users.length > 20 ? ` and ${users.length - 20} more` : ''}`;
  throw new AdminError(
    'IN_USE',
    `The integration ${integration} is used by ${users.length === 1 ? 'campaign' : 'campaigns'} ${named}. ` +
      'Give them another integration or delete them first.',
    { campaigns: users },
  );
}

async function campaignsOf(integration: string, { configuration }: Services, deadline: Deadline): Promise<string[]> {
  const users: string[] = [];
  let after: string | undefined;
  do {
    const page = { limit: maximumLimit, ...(after !== undefined && { after }) };
    const { versions, more } = await configuration.list('campaign', page, deadline);
    users.push(
      ...versions
        .filter(({ document }) => 'integration' in document && document['integration'] === integration)
        .map(({ id }) => id),
    );
    after = more ? versions.at(-1)?.id : undefined;
  } while (after !== undefined);
  return users;
}
