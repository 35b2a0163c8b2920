import { sourceWarnings } from './source-warnings';
import type { DocumentKind, DocumentOf } from '../configuration/document';
import type { DocumentWarning } from '../configuration/document-reading';
import { destinationWarnings, offerWarnings } from '../configuration/offer-warnings';

/** Warns of oddities in a document, which is accepted all the same. */
export function documentWarnings(document: DocumentOf[DocumentKind]): readonly DocumentWarning[] {
  if ('offers' in document) return offerWarnings(document);
  if ('destinations' in document) return destinationWarnings(document);
  return 'postbacks' in document ? sourceWarnings(document) : [];
}
