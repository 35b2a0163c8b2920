import * as v from 'valibot';
import type { DocumentKind } from '../../domain/configuration/document';
import type { FieldProblem } from '../../domain/configuration/reserved-names';
import { readObject } from '../http/body';

export interface DocumentBody {
  /** The document, without what GET adds to it. */
  readonly document: object;
  /** The version that the document is based on, where the body names one. */
  readonly base?: number;
  readonly problems: readonly FieldProblem[];
}

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
const ignored = v.optional(v.pipe(v.unknown(), v.metadata({ readOnly: true })));

/** Returns the fields of a PUT beside the document: the version that it is based on, and the fields that GET added. */
export function fieldsBesideDocument(kind: DocumentKind): v.ObjectEntries {
  return {
    version: v.optional(v.pipe(wholeNumber, v.description('The version that the change is based on; 0 only creates'))),
    id: v.optional(v.pipe(v.string(), v.description('As in the path'), v.metadata({ readOnly: true }))),
    updatedAt: ignored,
    updatedBy: ignored,
    changed: ignored,
    problems: ignored,
    ...((kind === 'campaign' || kind === 'source') && { warnings: ignored }),
    ...(kind === 'integration' && { keys: ignored }),
  };
}

/**
 * Reads the body of a PUT. Fields that GET adds to a document are accepted and ignored, so that GET, edit, PUT works; only one that
 * contradicts the path or If-Match is rejected.
 */
export function readDocumentBody(
  kind: DocumentKind,
  id: string,
  ifMatch: number | undefined,
  text: string,
): DocumentBody {
  const body = readObject(`the ${kind}`, text);
  const added = fieldsBesideDocument(kind);
  const document = Object.fromEntries(Object.entries(body).filter(([name]) => !Object.hasOwn(added, name)));
  const problems: FieldProblem[] = [];
  if ('id' in body && body['id'] !== id) {
    problems.push({ path: 'id', problem: `must be omitted or be ${id}, as in the path` });
  }
  if (!('version' in body)) return { document, problems };
  const version = v.safeParse(wholeNumber, body['version']);
  if (!version.success) {
    problems.push({ path: 'version', problem: 'must be the number of the version that this change is based on' });
    return { document, problems };
  }
  if (ifMatch !== undefined && ifMatch !== version.output) {
    problems.push({ path: 'version', problem: `is ${version.output}, and If-Match is ${ifMatch}: send one of them` });
  }
  return { document, base: version.output, problems };
}
