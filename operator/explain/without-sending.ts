import { readDocument } from '../../lambdas/domain/configuration/document';
import type { Integration } from '../../lambdas/domain/configuration/integration';
import { logRow } from '../answers';
import type { AdminApi } from '../api/admin-api';
import { contentOf, findDocument } from '../documents/stored-document';
import { adviceFor, sendableRequest, type Explanation } from './explanation';
import { explainFields } from './fields';
import { requestOfUrl } from './sender-request';

/** Reads the fields of a log row by the names of its integration, without sending anything. */
export async function readRow(api: AdminApi, requestId: string): Promise<Explanation> {
  const row = await api.call('GET', ['postbacks', requestId], logRow);
  const { receivedAt, result, reason, message, warnings } = row;
  const logged = { requestId: row.requestId, receivedAt, result, reason, message, warnings };
  const request = sendableRequest(row);
  const id = typeof request === 'string' ? row.integration : (request.integration ?? row.integration);
  const advice = adviceFor(row, id);
  if (typeof request === 'string') return { logged, fields: [], unread: [], remarks: [request], ...advice };
  return {
    ...explainFields(request.outgoing, await integrationCalled(api, id), [], advice.advice?.field),
    logged,
    ...(id !== undefined && { integration: id }),
    ...advice,
    remarks: [],
  };
}

/** Explains a given URL in the same way. Without a verdict there is no advice. */
export async function readUrl(api: AdminApi, text: string): Promise<Explanation> {
  const { outgoing, integration: id } = requestOfUrl(text, api.publicUrl);
  const read = explainFields(outgoing, await integrationCalled(api, id));
  return { ...read, ...(id !== undefined && { integration: id }), remarks: [] };
}

async function integrationCalled(api: AdminApi, id: string | undefined): Promise<Integration | undefined> {
  const stored = id === undefined ? undefined : await findDocument(api, 'integration', id);
  const reading = stored === undefined ? undefined : readDocument('integration', contentOf(stored));
  return reading?.ok === true ? reading.document : undefined;
}
