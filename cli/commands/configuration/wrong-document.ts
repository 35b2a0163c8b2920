import type { DocumentKind } from '../../../lambdas/domain/configuration/document';
import type { FieldProblem } from '../../../lambdas/domain/configuration/reserved-names';
import { placed } from '../../configuration/check-document';
import type { WrittenDocument } from '../../configuration/written-text';
import { ApiFailure } from '../../../operator/api/api-failure';
import { Failure } from '../../../operator/failure';

/** Every field that is wrong, with its place in the file where there is one. */
export function wrongDocument(
  kind: DocumentKind,
  problems: readonly FieldProblem[],
  written: Pick<WrittenDocument, 'placeOf'> | undefined,
): Failure {
  return new Failure('usage', `The ${kind} is wrong; nothing was changed.`, {
    details: problems.map((problem) => placed(problem, written)),
  });
}

/** What the API found wrong with a document, told with places in the file; anything else as it came. */
export function withPlaces(
  error: unknown,
  kind: DocumentKind,
  written: Pick<WrittenDocument, 'placeOf'> | undefined,
): unknown {
  if (!(error instanceof ApiFailure) || error.body.problems === undefined) return error;
  return wrongDocument(kind, error.body.problems, written);
}
