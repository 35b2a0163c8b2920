import * as metric from '../../../lambdas/counters';
import { authenticationReasons, reasons, type Reason } from '../../../lambdas/domain/values/reasons';
import type { Verdict } from '../../../lambdas/domain/verdict/verdict';
import { countsOf, countsOfReceived, warningsField } from '../../../lambdas/judgement/counts';
import { newRequestId } from '../adapters/support/claims';

const all = Object.keys(reasons) as Reason[];
const verdictOf = (reason: Reason): Verdict => ({
  ...reasons[reason],
  reason,
  message: '',
  requestId: newRequestId(),
  warnings: [],
});

test.each(all)('a verdict %s moves counters of the contract by one', (reason) => {
  for (const trust of ['proven', 'let-pass', 'none'] as const) {
    const counts = countsOf(verdictOf(reason), trust);

    expect(Object.values(metric)).toEqual(expect.arrayContaining(Object.keys(counts)));
    expect(Object.values(counts).every((count) => count === 1)).toBe(true);
  }
});

test('a conflict counts as a duplicate and as a conflict, what is ignored counts as received alone', () => {
  const others = all.filter((reason) => Object.keys(countsOf(verdictOf(reason), 'proven')).length !== 1);
  expect(others).toEqual(['CONFLICTING_DUPLICATE', 'OK_IGNORED', 'OK_TEST']);
});

test('an amount that was not read counts beside what was recorded, once for each conversion that lacks it', () => {
  const unread = [{ code: 'AMOUNT_UNREAD', message: '' }] as const;
  const moved = (reason: Reason) => countsOf({ ...verdictOf(reason), warnings: unread }, 'proven');

  for (const reason of ['OK', 'OK_UPDATED'] as const) {
    expect(moved(reason)).toEqual({ [metric.postbackRecorded]: 1, [metric.postbackAmountUnread]: 1 });
  }
  expect(moved('OK_DUPLICATE')).toEqual({ [metric.postbackDuplicate]: 1 });
});

test('the line of a believed postback names its warnings, each once; that of a stranger is no longer for them', () => {
  const codes = ['TOO_FAST', 'AMOUNT_UNREAD', 'TOO_FAST'] as const;
  const warned = { ...verdictOf('OK'), warnings: codes.map((code) => ({ code, message: '' })) };

  expect(warningsField(warned, 'let-pass')).toBe('AMOUNT_UNREAD TOO_FAST');
  expect(warningsField(warned, 'none')).toBeUndefined();
  expect(warningsField(verdictOf('OK'), 'proven')).toBeUndefined();
});

test('an authenticated test or dry run counts nowhere, so that doctor leaves alarms and rates as they are', () => {
  expect(countsOfReceived(verdictOf('OK_TEST'), 'proven')).toEqual({});
  expect(countsOfReceived({ ...verdictOf('OK'), result: 'dry_run' }, 'let-pass')).toEqual({});
});

test('a test that fails to authenticate counts, so that test=1 hides no attack', () => {
  expect(countsOfReceived(verdictOf('AUTH_INVALID'), 'none')).toEqual({ [metric.postbackAuthenticationFailed]: 1 });
});

test('a dry run counts nothing, and an authentication that would fail counts beside the verdict', () => {
  expect(countsOf({ ...verdictOf('OK'), result: 'dry_run' }, 'proven')).toEqual({});
  const warned = { ...verdictOf('OK'), warnings: [{ code: 'AUTH_WOULD_REFUSE', message: '' }] } as const;
  expect(countsOf(warned, 'let-pass')).toEqual({
    [metric.postbackRecorded]: 1,
    [metric.postbackAuthenticationReported]: 1,
  });
});

test('what a stranger sends is in no denominator: it failed to authenticate, or is unidentified', () => {
  for (const reason of all.filter((one) => reasons[one].result === 'rejected')) {
    const failed = authenticationReasons.includes(reason);
    expect(countsOfReceived(verdictOf(reason), 'none')).toEqual({
      [failed ? metric.postbackAuthenticationFailed : metric.postbackUnidentified]: 1,
    });
  }
  expect(countsOfReceived(verdictOf('OK'), 'proven')).toHaveProperty(metric.postbackReceived, 1);
});
