import { verdictOfAll } from '../../../../lambdas/domain/verdict/answer';
import { reasons, type Reason } from '../../../../lambdas/domain/values/reasons';
import type { Verdict } from '../../../../lambdas/domain/verdict/verdict';
import { requestId } from '../support/factories';

const warning = (message: string) => ({ code: 'NAME_GUESSED' as const, message });
const verdict = (reason: Reason, seed = 1, ...warnings: readonly string[]): Verdict => ({
  ...reasons[reason],
  reason,
  message: `It is ${reason}.`,
  requestId: requestId(seed),
  warnings: warnings.map(warning),
});

describe('a request with several conversions', () => {
  test('is answered with the gravest verdict, what became of all, and which one it speaks of', () => {
    const all = verdictOfAll([verdict('OK', 1, 'a'), verdict('AMOUNT_INVALID', 2, 'a', 'b'), verdict('OK', 3, 'c')]);
    expect(all).toEqual({
      ...verdict('AMOUNT_INVALID', 2, 'a', 'b', 'c'),
      message: '3 conversions came: 2 recorded, 1 rejected. Number 2: It is AMOUNT_INVALID.',
    });
  });

  test.each<readonly [Reason, readonly Reason[]]>([
    ['SYSTEM_ERROR', ['AMOUNT_INVALID', 'SYSTEM_ERROR', 'OK']],
    ['AMOUNT_INVALID', ['OK', 'PENDING_RETRY', 'AMOUNT_INVALID']],
    ['PENDING_RETRY', ['OK', 'CONFLICTING_DUPLICATE', 'PENDING_RETRY']],
    ['CONFLICTING_DUPLICATE', ['OK', 'CONFLICTING_DUPLICATE', 'OK_DUPLICATE']],
    ['OK', ['OK', 'OK_DUPLICATE']],
    ['OK_DUPLICATE', ['OK_DUPLICATE', 'OK']],
  ])('is %s where they are %j', (reason, each) => {
    expect(verdictOfAll(each.map((one) => verdict(one))).reason).toBe(reason);
  });

  test('shows a bounded number of warnings, each once', () => {
    const many = Array.from({ length: 50 }, (_, at) => verdict('OK', at, 'same', `own ${at}`));
    expect(verdictOfAll(many).warnings).toEqual([
      warning('same'),
      ...Array.from({ length: 19 }, (_, at) => warning(`own ${at}`)),
    ]);
  });

  test('of one conversion is answered with its verdict as it is', () => {
    const one = verdict('OK', 1, 'a');
    expect(verdictOfAll([one])).toBe(one);
  });
});
