import type { AdminApi } from '../api/admin-api';
import { collectionOf } from './kinds';
import type { PlanStep } from './plan';
import { storedDocument } from './stored-document';

/** Makes one change, unless the document has changed meanwhile. */
export async function doStep(api: AdminApi, step: PlanStep): Promise<void> {
  const path = [collectionOf[step.kind], step.id];
  if (step.action === 'delete') await api.text('DELETE', path, { ifMatch: step.basedOn });
  else await api.call('PUT', path, storedDocument, { body: { ...step.content, version: step.basedOn } });
}
