import type { MetricName } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import type { AdminApi } from '../api/admin-api';
import { troublesOf } from './diagnosis';
import type { Picture } from './picture';
import { commonRejection } from './rejections';
import type { Trouble } from './trouble';
import { unreadAmounts } from './unread-amounts';

/** Present troubles and those of the last hour, worst first, with their numbers. */
export interface Status extends Picture {
  readonly troubles: readonly Trouble[];
}

/** Diagnoses a picture; reads the log only where the counters show trouble. */
export async function readStatus(picture: Picture, connect: () => Promise<AdminApi>): Promise<Status> {
  const since = new Date(Date.parse(picture.at) - 15 * 60_000).toISOString();
  const has = (name: MetricName): boolean => (picture.counts[15][name] ?? 0) > 0;
  const [rejections, unread] = await Promise.all([
    has(metric.postbackRejected) ? commonRejection(connect, since) : undefined,
    has(metric.postbackAmountUnread) ? unreadAmounts(connect, since) : undefined,
  ]);
  const troubles = troublesOf(picture, { rejections, ...(unread !== undefined && { unreadAmounts: unread }) });
  return { troubles, ...picture };
}
