import { sourceMetric } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { line } from '../../../lambdas/adapters/metrics';
import { countedSinceOf, sourcesOfRecords } from '../../../operator/status/local-picture';

const [hourAgo, restart, firstKept] = [1_000, 2_000, 3_000];
const records = (count: number) => Array.from({ length: count }, () => ({ at: firstKept, record: {} }));

test.each([
  ['of a stack that has forgotten nothing reach back the whole hour', 1, undefined, undefined],
  ['of a stack that was restarted in this hour reach back to its start', 1, restart, restart],
  ['of a stack that was restarted earlier reach back the whole hour', 1, hourAgo - 1, undefined],
  ['that are more than the stack remembers reach back to the oldest', 5_000, undefined, firstKept],
  ['that are too many reach back to the oldest, whenever the stack was restarted', 5_000, restart, firstKept],
])('counters %s', (_name, count, resumedAt, from) => {
  expect(countedSinceOf(records(count), resumedAt, hourAgo)).toBe(from);
});

test('the sources of a counter are those that its lines name, the latest first and each once', () => {
  const suspended = { [metric.sourceSuspended]: 1, [sourceMetric.deliveryNeedsPerson]: 1 };
  const exhausted = { [metric.deliveryExhausted]: 1, [sourceMetric.deliveryNeedsPerson]: 1 };
  const lines = [
    line(suspended, { source: 'news' }, 'dev', hourAgo),
    line(suspended, { source: 'mail' }, 'dev', hourAgo),
    line(suspended, { source: 'news' }, 'dev', hourAgo),
    line(exhausted, { source: 'push' }, 'dev', hourAgo),
    line({ [metric.clickReceived]: 1 }, { source: 'search' }, 'dev', hourAgo),
  ];
  expect(sourcesOfRecords(lines.map((text) => ({ at: hourAgo, record: JSON.parse(text) })))).toEqual({
    [metric.sourceSuspended]: ['news', 'mail'],
    [metric.deliveryExhausted]: ['push'],
  });
});
