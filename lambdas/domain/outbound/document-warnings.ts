import { sourceWarnings } from './source-warnings';
import type { DocumentKind, DocumentOf } from '../configuration/document';
import type { DocumentWarning } from '../configuration/document-reading';
import { offerWarnings } from '../configuration/offer-warnings';

/** Tells what is odd about a document. It is taken all the same. */
export function documentWarnings(document: DocumentOf[DocumentKind]): readonly DocumentWarning[] {
  if ('offers' in document) return offerWarnings(document);
  return 'postbacks' in document ? sourceWarnings(document) : [];
}
