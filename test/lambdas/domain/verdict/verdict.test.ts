import { answerOf } from '../../../../lambdas/domain/verdict/answer';
import { reasons, type Reason } from '../../../../lambdas/domain/values/reasons';
import type { Verdict } from '../../../../lambdas/domain/verdict/verdict';
import { integration, requestId } from '../support/factories';

const all = Object.keys(reasons) as Reason[];

function verdict(reason: Reason): Verdict {
  return { ...reasons[reason], reason, message: 'Do this next.', requestId: requestId(1), warnings: [] };
}

describe('the table of verdicts', () => {
  test('is the published one', () => {
    const published: Readonly<Record<string, string>> = {
      'recorded 200': 'OK',
      'updated 200': 'OK_UPDATED',
      'duplicate 200': 'OK_DUPLICATE CONFLICTING_DUPLICATE OK_STALE',
      'ignored 200': 'OK_IGNORED',
      'test 200': 'OK_TEST',
      'queued 202': 'PENDING_RETRY PENDING_UNMATCHED PENDING_BATCH',
      'rejected 400':
        'CLICK_ID_MISSING CLICK_ID_MALFORMED MACRO_UNREPLACED AMOUNT_INVALID CURRENCY_INVALID STATUS_UNKNOWN EVENT_UNKNOWN PARAMETER_CONFLICT BODY_INVALID',
      'rejected 403': 'AUTH_MISSING AUTH_INVALID AUTH_STALE IP_NOT_ALLOWED CLICK_ID_FORGED INTEGRATION_MISMATCH',
      'rejected 404': 'CLICK_NOT_FOUND INTEGRATION_UNKNOWN',
      'rejected 409': 'TRANSITION_REFUSED REVERSAL_REFUSED',
      'rejected 410': 'CLICK_EXPIRED',
      'rejected 413': 'TOO_LARGE',
      'rejected 429': 'RATE_LIMITED',
      'error 503': 'SYSTEM_ERROR',
    };
    const flat = Object.entries(published).flatMap(([answer, list]) =>
      list.split(' ').map((reason) => [reason, answer]),
    );
    const ours = all.map((reason) => [reason, `${reasons[reason].result} ${reasons[reason].httpStatus}`]);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(flat));
  });
});

describe('the answer', () => {
  test.each(all)('to %s is its status and its verdict in JSON, never cached', (reason) => {
    const { statusCode, headers, body } = answerOf(verdict(reason), integration());
    expect(statusCode).toBe(reasons[reason].httpStatus);
    expect(JSON.parse(body)).toEqual({
      result: reasons[reason].result,
      reason,
      message: 'Do this next.',
      requestId: requestId(1),
      warnings: [],
    });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': requestId(1) });
    expect('retry-after' in headers).toBe(['SYSTEM_ERROR', 'RATE_LIMITED'].includes(reason));
  });

  test.each(all)('to %s for a sender that must see 200 is 200, unless nothing was kept', (reason) => {
    const { statusCode } = answerOf(verdict(reason), integration({ respond: 'always-200' }));
    const isKept = reason !== 'SYSTEM_ERROR' && reason !== 'RATE_LIMITED';
    expect(statusCode).toBe(isKept ? 200 : reasons[reason].httpStatus);
  });

  test.each(all)('to %s for a sender that must see a literal is the literal where the postback was taken', (reason) => {
    const { statusCode, headers, body } = answerOf(verdict(reason), integration({ reply: { literal: 'OK' } }));
    const isTaken = reasons[reason].httpStatus < 300;
    expect(statusCode).toBe(reasons[reason].httpStatus);
    expect(body === 'OK').toBe(isTaken);
    expect(headers['content-type']).toMatch(isTaken ? /^text\/plain/ : /^application\/json/);
    expect(headers['x-postback-reason']).toBe(isTaken ? reason : undefined);
  });

  test('has a literal of its own for each result that the integration names', () => {
    const reply = { literal: 'OK', recorded: '1', duplicate: 'DUP', rejected: '0' };
    const bodyOf = (reason: Reason): string => answerOf(verdict(reason), integration({ reply })).body;
    expect(
      ['OK', 'OK_DUPLICATE', 'OK_IGNORED', 'OK_UPDATED', 'AMOUNT_INVALID'].map((reason) => bodyOf(reason as Reason)),
    ).toEqual(['1', 'DUP', 'OK', 'OK', '0']);
    expect(answerOf(verdict('AMOUNT_INVALID'), integration({ reply })).statusCode).toBe(400);
    expect(answerOf(verdict('OK'), integration({ reply: { duplicate: 'DUP' } })).headers['content-type']).toMatch(
      /json/,
    );
  });

  test('never says by a literal that something was kept that was not', () => {
    const reply = { literal: 'OK', rejected: '0', queued: 'later' };
    for (const reason of ['SYSTEM_ERROR', 'RATE_LIMITED'] as const) {
      expect(JSON.parse(answerOf(verdict(reason), integration({ reply })).body)).toMatchObject({ reason });
    }
  });

  test('to a dry run explains, though the sender asks for a literal', () => {
    const dry: Verdict = { ...verdict('AMOUNT_INVALID'), result: 'dry_run', httpStatus: 200 };
    const { body } = answerOf(dry, integration({ reply: { literal: 'OK' } }), [{ field: 'amount', sent: 'x' }]);
    expect(JSON.parse(body)).toMatchObject({ result: 'dry_run', fields: [{ field: 'amount', sent: 'x' }] });
  });

  test('where no integration is known is the verdict', () => {
    expect(answerOf(verdict('INTEGRATION_UNKNOWN'), undefined).statusCode).toBe(404);
  });
});
