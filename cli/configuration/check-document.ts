import * as v from 'valibot';
import { contradictionsIn } from '../../lambdas/domain/configuration/contradictions';
import { readDocument, type DocumentKind } from '../../lambdas/domain/configuration/document';
import type { FieldProblem } from '../../lambdas/domain/configuration/reserved-names';
import { documentWarnings } from '../../lambdas/domain/outbound/document-warnings';
import { problemsOfSavedReport } from '../../lambdas/domain/reports/saved-report';
import type { DocumentWarning } from '../../lambdas/domain/configuration/document-reading';
import { identifier } from '../../lambdas/domain/configuration/fields';
import { asFields, contentOf, type Content } from '../../operator/documents/stored-document';
import type { WrittenDocument } from './written-text';

export type ContentReading =
  | { readonly ok: true; readonly content: Content; readonly warnings: readonly DocumentWarning[] }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Validates a document by the tracker's rules and fills in defaults. Fields that the API adds to a response are allowed. */
export function readContent(kind: DocumentKind, input: unknown): ContentReading {
  const fields = asFields(input);
  if (fields === undefined)
    return { ok: false, problems: [{ path: '', problem: `must be a ${kind}: fields and their values` }] };
  const reading = readDocument(kind, contentOf(fields));
  const contradictions = contradictionsIn(kind, fields);
  if (!reading.ok) return { ok: false, problems: [...reading.problems, ...contradictions] };
  const ofReport = kind === 'report' ? problemsOfSavedReport(reading.document, Date.now()) : [];
  const problems = [...contradictions, ...ofReport];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, content: { ...reading.document }, warnings: documentWarnings(reading.document) };
}

/** Returns the problem of an ID, if any. */
export function idProblem(id: string): string | undefined {
  const reading = v.safeParse(identifier, id);
  return reading.success ? undefined : reading.issues[0].message;
}

/** Formats a warning with its place. */
export function placedWarning({ path, message }: DocumentWarning, written?: Pick<WrittenDocument, 'placeOf'>): string {
  return placed({ path, problem: message }, written);
}

/** Formats a problem with its place: `spring.yaml:7:10 offers.0.url must be an http:// or https:// URL`. */
export function placed({ path, problem }: FieldProblem, written?: Pick<WrittenDocument, 'placeOf'>): string {
  return [written?.placeOf(path), path, problem].filter((part) => part !== undefined && part !== '').join(' ');
}
