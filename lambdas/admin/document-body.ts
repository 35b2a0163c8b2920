import * as v from 'valibot';
import type { DocumentKind, FieldProblem } from '../domain/configuration/document';
import { Refusal } from './answer';

export interface DocumentBody {
  /** The document, without what GET adds to it. */
  readonly document: object;
  /** The version that the document is based on, where the body names one. */
  readonly base?: number;
  readonly problems: readonly FieldProblem[];
}

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * Reads the body of a PUT. What GET adds to a document is taken along and ignored, so that GET, edit, PUT works; only where it
 * contradicts the path or If-Match is it refused.
 */
export function readDocumentBody(
  kind: DocumentKind,
  id: string,
  ifMatch: number | undefined,
  text: string,
): DocumentBody {
  const body = readObject(`the ${kind}`, text);
  const ignored = new Set([
    'id',
    'version',
    'updatedAt',
    'updatedBy',
    'changed',
    ...(kind === 'integration' ? ['keys'] : []),
  ]);
  const document = Object.fromEntries(Object.entries(body).filter(([name]) => !ignored.has(name)));
  const problems: FieldProblem[] = [];
  if ('id' in body && body['id'] !== id) {
    problems.push({ path: 'id', problem: `must be left out or be ${id}, as in the path` });
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

/** Reads a body that must be a JSON object; what it is to be stands in the refusal. */
export function readObject(what: string, text: string): Readonly<Record<string, unknown>> {
  const expected = `Send ${what} as a JSON object.`;
  if (text.trim() === '') throw new Refusal(400, 'BODY_INVALID', `The body is empty. ${expected}`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    const problem = error instanceof SyntaxError ? error.message : 'it does not read';
    throw new Refusal(400, 'BODY_INVALID', `The body is not JSON: ${problem}. ${expected}`);
  }
  const reading = v.safeParse(v.record(v.string(), v.unknown()), body);
  if (!reading.success || Array.isArray(body)) {
    throw new Refusal(400, 'BODY_INVALID', `The body is JSON, but no object. ${expected}`);
  }
  return reading.output;
}
