import { metric } from '../../../lambdas/contract';
import { reasons, type Reason, type Verdict } from '../../../lambdas/domain/postback/verdict';
import { countsOf } from '../../../lambdas/judgement/counts';
import { newRequestId } from '../adapters/support/claims';

const all = Object.keys(reasons) as Reason[];
const verdictOf = (reason: Reason): Verdict => ({
  ...reasons[reason],
  reason,
  message: '',
  requestId: newRequestId(),
  warnings: [],
});

test.each(all)('a verdict %s moves a counter of the contract by one', (reason) => {
  const counts = countsOf(verdictOf(reason));

  expect(Object.values(metric)).toEqual(expect.arrayContaining(Object.keys(counts)));
  expect(new Set(Object.values(counts))).toEqual(new Set([1]));
});

test('a conflict counts as a duplicate and as a conflict, and nothing else counts twice', () => {
  expect(all.filter((reason) => Object.keys(countsOf(verdictOf(reason))).length !== 1)).toEqual([
    'CONFLICTING_DUPLICATE',
  ]);
});

test('a dry run counts nothing, and an authentication that would fail counts beside the verdict', () => {
  expect(countsOf({ ...verdictOf('OK'), result: 'dry_run' })).toEqual({});
  const warned = { ...verdictOf('OK'), warnings: [{ code: 'AUTH_WOULD_REFUSE', message: '' }] } as const;
  expect(countsOf(warned)).toEqual({
    [metric.postbackRecorded]: 1,
    [metric.postbackAuthenticationReported]: 1,
  });
});
