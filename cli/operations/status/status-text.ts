import type { MetricName } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { style } from '../../terminal/style';
import { fieldList, table } from '../../terminal/table';
import { overLast, type Trouble } from '../../../operator/status/trouble';
import { spans, type Picture } from '../../../operator/status/picture';

const rows: readonly (readonly [label: string, name: MetricName])[] = [
  ['clicks', metric.clickReceived],
  ['clicks queued', metric.clickQueued],
  ['postbacks', metric.postbackReceived],
  ['recorded', metric.postbackRecorded],
  ['amount not read', metric.postbackAmountUnread],
  ['duplicates', metric.postbackDuplicate],
  ['rejected', metric.postbackRejected],
  ['not authenticated', metric.postbackAuthenticationFailed],
  ['unmatched', metric.postbackUnmatched],
  ['queued', metric.postbackQueued],
  ['failed (503)', metric.postbackFailed],
];

/** Lists each trouble with its next command, past ones last; then the numbers. */
export function statusText(picture: Picture, troubles: readonly Trouble[]): string {
  const { queues, counts, countedSince } = picture;
  const found = [
    ...(troubles.every(({ isOver }) => isOver === true) ? [style.good(`✓ ${picture.name}: nothing is wrong.`)] : []),
    ...overLast(troubles).flatMap(troubleLines),
  ];
  const rates = table(
    ['', ...spans.map((minutes) => (minutes === 60 ? 'last hour' : `${minutes} min`)), 'a minute'],
    rows.map(([label, name]) => [
      label,
      ...spans.map((minutes) => String(counts[minutes][name] ?? 0)),
      perMinute(counts[15][name] ?? 0),
    ]),
  );
  const { oldestRetrySeconds = 0 } = queues;
  const state = fieldList([
    [
      'retry queue',
      oldestRetrySeconds > 0 ? `${queues.retry}, the oldest for ${oldestRetrySeconds} s` : String(queues.retry),
    ],
    ['dead letters', String(queues.dead)],
    ['alarms', picture.alarmsWatched === 0 ? 'none here' : `${picture.alarms.length} of ${picture.alarmsWatched} ring`],
  ]);
  const note = countedSince === undefined ? [] : [`Counters reach back to ${countedSince} only.`];
  return [...found, '', rates, '', state, ...note].join('\n');
}

function troubleLines({ urgency, sentence, isOver, next, runbook }: Trouble): readonly string[] {
  if (isOver === true)
    return [`- Over: ${sentence}`, ...(runbook === undefined ? [] : [`  ${style.quiet('read:')} ${runbook}`])];
  return [
    urgency === 'now' ? style.bad(`✗ ${sentence}`) : style.warning(`! ${sentence}`),
    ...(next === undefined ? [] : [`  ${style.quiet('next:')} ${style.important(next)}`]),
    ...(runbook === undefined ? [] : [`  ${style.quiet('read:')} ${runbook}`]),
  ];
}

/** The average of the last 15 minutes. */
function perMinute(count: number): string {
  return (count / 15).toFixed(count > 150 ? 0 : 1);
}
