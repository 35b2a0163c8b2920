import * as v from 'valibot';
import type { DocumentKind } from '../../domain/configuration/document';
import { identifier } from '../../domain/configuration/fields';
import { type AdminError, fieldsError, notFound } from '../http/answer';

/** A kind of configuration as paths name it. */
export interface Collection {
  readonly name: string;
  readonly kind: DocumentKind;
}

export const campaigns: Collection = { name: 'campaigns', kind: 'campaign' };
export const integrations: Collection = { name: 'integrations', kind: 'integration' };
export const sources: Collection = { name: 'sources', kind: 'source' };
export const costs: Collection = { name: 'costs', kind: 'cost' };
export const rates: Collection = { name: 'rates', kind: 'rate' };
export const savedReports: Collection = { name: 'saved-reports', kind: 'report' };
export const savedSearches: Collection = { name: 'saved-searches', kind: 'search' };

export function noDocument({ kind, name }: Collection, id: string): AdminError {
  return notFound(`There is no ${kind} ${id}. GET /admin/v1/${name} lists those that exist.`);
}

/** Rejects an ID in a path that no document can have. */
export function checkId(id: string): void {
  const reading = v.safeParse(identifier, id);
  if (reading.success) return;
  throw fieldsError('ID_INVALID', 'The ID in the path is wrong', [{ path: 'id', problem: reading.issues[0].message }]);
}
