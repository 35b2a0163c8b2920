import type { DocumentOf, DocumentKind } from '../configuration/document';
import type { FieldProblem } from '../configuration/reserved-names';
import type { UrlRules } from './address-rules';
import { postbackProblems } from './postback-problems';

/** What a document may not be written with, though one that is stored is read with it. */
export function problemsOfWriting(document: DocumentOf[DocumentKind], rules: UrlRules = {}): readonly FieldProblem[] {
  if (!('postbacks' in document || 'postback' in document)) return [];
  const { postback, postbacks = [] } = document;
  const old =
    postback === undefined
      ? []
      : [{ path: 'postback', problem: 'is now a list: move it into "postbacks", with an "id" and "when"' }];
  return [...old, ...postbackProblems(postbacks, rules)];
}
