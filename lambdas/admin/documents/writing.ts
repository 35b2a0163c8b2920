import { isDeepStrictEqual } from 'node:util';
import type { StoredVersion } from '../../adapters/configuration-item';
import { contradictionsIn } from '../../domain/configuration/contradictions';
import { readDocument, type DocumentKind, type DocumentOf } from '../../domain/configuration/document';
import { documentWarnings } from '../../domain/outbound/document-warnings';
import type { FieldProblem } from '../../domain/configuration/reserved-names';
import { problemsOfSavedReport } from '../../domain/reports/saved-report';
import { outboundRules } from '../../adapters/outbound-rules';
import { problemsOfWriting } from '../../domain/outbound/postback-problems';
import type { Deadline } from '../../adapters/deadline';
import { firstKeys } from '../../domain/trust/keys';
import { adminJson, AdminError, fieldsError, type Answer } from '../http/answer';
import { checkId, type Collection } from './collections';
import { commit, type DocumentChange } from './commit';
import { readDocumentBody } from './body';
import { problemsOfSavedSearch } from '../log/saved-search';
import { entityTag, viewOf } from './view';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { readIfMatch } from './version-base';

/** Three copies and their keys must fit DynamoDB's 400 kB items with room to spare. */
const maximumDocumentBytes = 256 * 1024;

export function putDocument({ kind }: Collection) {
  return async (request: RoutedRequest, services: Services): Promise<Answer> => {
    checkId(request.id);
    readQueryParameters(request, noParameters);
    const base = readIfMatch(request);
    const body = readDocumentBody(kind, request.id, base, request.body);
    const reading = readDocument(kind, body.document);
    const found = reading.ok ? problemsIn(reading.document, kind, request.now) : reading.problems;
    const problems = [...body.problems, ...found, ...contradictionsIn(kind, body.document)];
    if (!reading.ok || problems.length > 0) {
      throw fieldsError('DOCUMENT_INVALID', `The ${kind} is wrong`, problems);
    }
    checkSize(kind, reading.document);
    await checkIntegrationExists(kind, reading.document, services, request.deadline);
    const { version, created, changed } = await commit(kind, request, services, base ?? body.base, (newest) =>
      next(kind, newest, reading.document),
    );
    const warnings = documentWarnings(reading.document);
    return adminJson(
      created ? 201 : 200,
      { ...viewOf(version), ...(!changed && { changed }), ...(warnings.length > 0 && { warnings }) },
      entityTag(version),
    );
  };
}

function problemsIn(document: DocumentOf[DocumentKind], kind: DocumentKind, now: number): readonly FieldProblem[] {
  if (kind === 'report') return problemsOfSavedReport(document, now);
  if (kind === 'search') return problemsOfSavedSearch(document);
  return problemsOfWriting(document, outboundRules());
}

/** The same content again makes no version: a deployment that sends its configuration each time leaves history readable. */
function next(
  kind: DocumentKind,
  newest: StoredVersion<DocumentKind> | undefined,
  document: DocumentOf[DocumentKind],
): DocumentChange<DocumentKind> | undefined {
  if (newest !== undefined && !newest.deleted && isDeepStrictEqual(newest.document, document)) return undefined;
  // Keys outlive a deletion: a document that was deleted by mistake returns as its sender knows it.
  return { document, deleted: false, ...(kind === 'integration' && { keys: newest?.keys ?? firstKeys }) };
}

function checkSize(kind: DocumentKind, document: object): void {
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (bytes <= maximumDocumentBytes) return;
  throw new AdminError('TOO_LARGE', `The ${kind} has ${bytes} bytes; it may have ${maximumDocumentBytes}.`, {});
}

async function checkIntegrationExists(
  kind: DocumentKind,
  document: object,
  { configuration }: Services,
  deadline: Deadline,
): Promise<void> {
  if (kind !== 'campaign' || !('integration' in document) || typeof document.integration !== 'string') return;
  const integration = await configuration.newest('integration', document.integration, deadline);
  if (integration !== undefined && !integration.deleted) return;
  throw fieldsError('DOCUMENT_INVALID', 'The campaign is wrong', [
    {
      path: 'integration',
      problem: `there is no integration ${document.integration}; create it first with PUT /admin/v1/integrations/${document.integration}`,
    },
  ]);
}
