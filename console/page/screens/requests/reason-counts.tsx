import { reasons } from '../../../../lambdas/domain/values/reasons';
import type { LogRow } from '../../../../operator/answers';
import { knownReason } from '../../../../operator/answers';
import { countText } from '../../parts/format';
import type { FilterName, LogState } from './query';

/** Counts the rows read so far by reason, most first. Before the end of the period they are "at least". */
export function ReasonCounts({
  rows,
  done,
  state,
  hrefWith,
}: {
  readonly rows: readonly LogRow[];
  readonly done: boolean;
  readonly state: LogState;
  readonly hrefWith: (change: Readonly<Partial<Record<FilterName, string | undefined>>>) => string;
}) {
  if (rows.length === 0) return null;
  const counts = new Map<string, number>();
  for (const { reason } of rows) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const sorted = [...counts].sort(([, left], [, right]) => right - left);
  return (
    <ul class="counts" aria-label="Reasons of the rows looked at">
      {sorted.map(([reason, count]) => (
        <li key={reason}>
          <a
            class={`count ${toneOf(reason)}`}
            href={hrefWith({ reason: state.reason === reason ? undefined : reason })}
            aria-current={state.reason === reason ? 'true' : undefined}
          >
            <code>{reason}</code>{' '}
            <strong>
              {countText(count)}
              {done ? '' : '+'}
            </strong>
          </a>
        </li>
      ))}
      {!done && <li class="quiet">at least; older rows were not looked at</li>}
    </ul>
  );
}

function toneOf(reason: string): string {
  const known = knownReason(reason);
  if (known === undefined) return 'idle';
  const { result } = reasons[known];
  if (result === 'rejected' || result === 'error') return 'bad';
  return result === 'queued' ? 'wait' : 'good';
}
