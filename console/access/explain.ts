import type { AdminApi } from '../../operator/api/admin-api';
import { explainRow, explainUrl, type Explanation } from '../../operator/explain/explanation';
import { readRow, readUrl } from '../../operator/explain/without-sending';
import type { ExplanationOrder } from '../server/orders';

/** Returns the content of a postback and its present verdict, by a dry run; without one, the content alone. */
export function explainOrder(api: AdminApi, { asked, dryRun }: ExplanationOrder): Promise<Explanation> {
  if ('requestId' in asked) return (dryRun ? explainRow : readRow)(api, asked.requestId);
  return (dryRun ? explainUrl : readUrl)(api, asked.url);
}
