import type { DocumentKind } from '../../../lambdas/domain/configuration/document';
import type { FieldProblem } from '../../../lambdas/domain/configuration/reserved-names';
import { placed } from '../../configuration/check-document';
import type { WrittenDocument } from '../../configuration/written-text';
import { ApiFailure } from '../../../operator/api/api-failure';
import { Failure } from '../../../operator/failure';

/** Lists every invalid field, with its place in the file if it is there. */
export function wrongDocument(
  kind: DocumentKind,
  problems: readonly FieldProblem[],
  written: Pick<WrittenDocument, 'placeOf'> | undefined,
): Failure {
  return new Failure('usage', `The ${kind} is wrong; nothing was changed.`, {
    details: problems.map((problem) => placed(problem, written)),
  });
}

/** Adds places in the file to the problems of a rejected document; other errors stay unchanged. */
export function withPlaces(
  error: unknown,
  kind: DocumentKind,
  written: Pick<WrittenDocument, 'placeOf'> | undefined,
): unknown {
  if (!(error instanceof ApiFailure) || error.body.problems === undefined) return error;
  return wrongDocument(kind, error.body.problems, written);
}
