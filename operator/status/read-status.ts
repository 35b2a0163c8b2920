import { metric, type MetricName } from '../../lambdas/contract';
import type { AdminApi } from '../api/admin-api';
import { troublesOf, type Trouble } from './diagnosis';
import type { Picture } from './picture';
import { commonRejection } from './rejections';
import { unreadAmounts } from './unread-amounts';

/** What is wrong now, the worst first, and the numbers that say so. */
export interface Status extends Picture {
  readonly at: string;
  readonly troubles: readonly Trouble[];
}

/**
 * Diagnoses a picture; the log is asked only about what the counters say is wrong.
 * @param at milliseconds since 1970, when the picture was taken
 */
export async function readStatus(picture: Picture, connect: () => Promise<AdminApi>, at: number): Promise<Status> {
  const since = new Date(at - 15 * 60_000).toISOString();
  const has = (name: MetricName): boolean => (picture.counts[15][name] ?? 0) > 0;
  const [rejections, unread] = await Promise.all([
    has(metric.postbackRejected) ? commonRejection(connect, since) : undefined,
    has(metric.postbackAmountUnread) ? unreadAmounts(connect, since) : undefined,
  ]);
  const troubles = troublesOf(picture, { rejections, ...(unread !== undefined && { unreadAmounts: unread }) });
  return { at: new Date(at).toISOString(), troubles, ...picture };
}
