import * as fc from 'fast-check';
import { gateOf, healthAfter, healthy, type SourceHealth } from '../../../../lambdas/domain/outbound/breaker';
import { judgeAnswer, type Attempt } from '../../../../lambdas/domain/outbound/judge';
import { nextAttemptAt } from '../../../../lambdas/domain/outbound/schedule';
import type { SuccessRule } from '../../../../lambdas/domain/outbound/sources/template';
import { runs } from '../conversion/arbitraries';
import { now } from '../support/factories';

const second = 1000;
const hour = 3600 * second;

describe('what an answer means', () => {
  const code0: SuccessRule = { has: ['"code":0,'], hasNot: ['"error"'] };

  test.each<[string, SuccessRule | undefined, Attempt, object]>([
    ['200', undefined, { httpStatus: 200, text: '' }, { outcome: 'delivered', reason: 'ACCEPTED' }],
    ['204', undefined, { httpStatus: 204, text: '' }, { outcome: 'delivered', reason: 'ACCEPTED' }],
    [
      '200 with the words of a refusal',
      { hasNot: ['Required url parameters are not present'] },
      { httpStatus: 200, text: ' Required URL parameters\nare not present ' },
      { outcome: 'failed', reason: 'REFUSED_IN_BODY', detail: 'Required URL parameters\nare not present' },
    ],
    [
      '200 without the words of acceptance',
      { has: ['OK'] },
      { httpStatus: 200, text: 'ERROR: Tag is invalid' },
      { outcome: 'failed', reason: 'REFUSED_IN_BODY', detail: 'ERROR: Tag is invalid' },
    ],
    [
      'the code of success, spaced',
      code0,
      { httpStatus: 200, text: '{ "code" : 0, "message": "OK" }' },
      { outcome: 'delivered', reason: 'ACCEPTED' },
    ],
    [
      'a status that the template does not take',
      { statuses: [204] },
      { httpStatus: 200, text: 'x' },
      { outcome: 'failed', reason: 'REFUSED', detail: 'x' },
    ],
    [
      '400',
      undefined,
      { httpStatus: 400, text: 'bad click' },
      { outcome: 'failed', reason: 'REFUSED', detail: 'bad click' },
    ],
    ['404', undefined, { httpStatus: 404, text: '' }, { outcome: 'failed', reason: 'REFUSED', detail: '' }],
    ['302', undefined, { httpStatus: 302, text: '' }, { outcome: 'failed', reason: 'REDIRECTED' }],
    ['408', undefined, { httpStatus: 408, text: '' }, { outcome: 'retry', reason: 'TIMED_OUT' }],
    ['500', undefined, { httpStatus: 500, text: '' }, { outcome: 'retry', reason: 'SERVER_ERROR' }],
    [
      '429',
      undefined,
      { httpStatus: 429, text: '', retryAfter: '120' },
      { outcome: 'retry', reason: 'RATE_LIMITED', retryAfterSeconds: 120 },
    ],
    [
      '503 until a date',
      undefined,
      { httpStatus: 503, text: '', retryAfter: new Date(now + 90 * second).toUTCString() },
      { outcome: 'retry', reason: 'SERVER_ERROR', retryAfterSeconds: 90 },
    ],
    [
      '429 for a week',
      undefined,
      { httpStatus: 429, text: '', retryAfter: '604800' },
      { outcome: 'retry', reason: 'RATE_LIMITED', retryAfterSeconds: 3600 },
    ],
    [
      '429 with nonsense',
      undefined,
      { httpStatus: 429, text: '', retryAfter: 'soon' },
      { outcome: 'retry', reason: 'RATE_LIMITED' },
    ],
    ['no answer in time', undefined, { failure: 'TIMED_OUT' }, { outcome: 'retry', reason: 'TIMED_OUT' }],
    ['a lost answer', undefined, { failure: 'OUTCOME_UNKNOWN' }, { outcome: 'retry', reason: 'OUTCOME_UNKNOWN' }],
    [
      'an address that is not public',
      undefined,
      { failure: 'ADDRESS_REJECTED' },
      { outcome: 'failed', reason: 'ADDRESS_REJECTED' },
    ],
  ])('%s', (_, success, attempt, judgement) => {
    expect(judgeAnswer(success, attempt, now)).toEqual(judgement);
  });

  test('a rejection is kept whole: a secret in it is masked before it is cut', () => {
    const { detail } = judgeAnswer(undefined, { httpStatus: 400, text: ` ${'x'.repeat(300)} ` }, now);

    expect(detail).toBe('x'.repeat(300));
  });
});

describe('when a delivery is tried again', () => {
  test('the pauses grow from 10 seconds to a day, and end after three days with a last attempt', () => {
    const waits: number[] = [];
    let at: number | 'exhausted' = now;
    for (let attempts = 1; at !== 'exhausted'; attempts++) {
      const before: number = at;
      at = nextAttemptAt({ attempts, firstTriedAt: now, now: before, random: 0.5 });
      if (at !== 'exhausted') waits.push((at - before) / second);
    }
    expect(waits.slice(0, 9)).toEqual([10, 60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(72 * 3600);
  });

  test('chance moves a pause by at most a fifth, and a Retry-After is never undercut', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.option(fc.integer({ min: 1, max: 3600 }), { nil: undefined }),
        (attempts, random, retryAfterSeconds) => {
          const plain = nextAttemptAt({ attempts, firstTriedAt: now, now, random: 0.5 });
          const next = nextAttemptAt({ attempts, firstTriedAt: now, now, random, retryAfterSeconds });
          if (plain === 'exhausted' || next === 'exhausted') throw new Error('exhausted at once');
          const [least, asked] = [(plain - now) * 0.8, (retryAfterSeconds ?? 0) * second];
          expect(next - now).toBeGreaterThanOrEqual(Math.max(Math.floor(least), asked));
          expect(next - now).toBeLessThanOrEqual(Math.ceil(Math.max((plain - now) * 1.2, asked * 1.2)));
        },
      ),
      runs(),
    );
  });

  test('what the source takes no longer is not tried any more', () => {
    const tries = { attempts: 5, firstTriedAt: now - 10 * hour, now, random: 0.5 };

    expect(nextAttemptAt({ ...tries, expiresAt: now + 60 * second })).toBe(now + 60 * second);
    expect(nextAttemptAt({ ...tries, expiresAt: now })).toBe('exhausted');
    expect(nextAttemptAt({ ...tries, firstTriedAt: now - 72 * hour })).toBe('exhausted');
  });
});

describe('a source that does not answer', () => {
  const after = (
    health: SourceHealth,
    outcome: 'delivered' | 'retry' | 'failed',
    times: number,
    at = now,
  ): SourceHealth => (times === 0 ? health : after(healthAfter(health, outcome, at, 0), outcome, times - 1, at));

  test('is left alone for 30 seconds after 5 failures, but for one probe at a time', () => {
    expect(gateOf(after(healthy, 'retry', 4), now, 0)).toEqual({ state: 'closed' });
    const failed = after(healthy, 'retry', 5);
    expect(gateOf(failed, now, 0)).toEqual({ state: 'open', until: now + 30 * second });

    const gate = gateOf(failed, now + 30 * second, 0);
    if (gate.state !== 'probe') throw new Error(gate.state);
    expect(gateOf(gate.health, now + 30 * second, 0)).toMatchObject({ state: 'open' });
  });

  test('is left alone for longer each time, up to a quarter of an hour', () => {
    const waits = [5, 6, 7, 8, 9, 10, 11, 50].map((times) => {
      const gate = gateOf(after(healthy, 'retry', times), now, 0);
      return gate.state === 'open' ? (gate.until - now) / second : gate.state;
    });
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  test('is called again after one success, and after one rejection: it is there', () => {
    expect(gateOf(healthAfter(after(healthy, 'retry', 9), 'delivered', now, 0), now, 0)).toEqual({ state: 'closed' });
    expect(gateOf(healthAfter(after(healthy, 'retry', 9), 'failed', now, 0), now, 0)).toEqual({ state: 'closed' });
  });

  test('is suspended after 72 hours and 20 attempts without an acceptance, until its document changes', () => {
    const early = after(healthy, 'failed', 25);
    expect(gateOf(early, now, 0)).toEqual({ state: 'closed' });
    expect(
      gateOf(healthAfter(after(healthy, 'retry', 3), 'retry', now + 80 * hour, 0), now + 90 * hour, 0),
    ).not.toMatchObject({
      state: 'suspended',
    });

    const late = healthAfter(early, 'failed', now + 72 * hour, 0);
    expect(gateOf(late, now + 72.9 * hour, 0)).toEqual({ state: 'suspended', until: now + 73 * hour });
    expect(gateOf(late, now + 74 * hour, now + 73 * hour)).toEqual({ state: 'closed' });
    expect(healthAfter(late, 'failed', now + 74 * hour, now + 73 * hour)).toEqual({
      failuresInRow: 0,
      unaccepted: 1,
      unacceptedSince: now + 74 * hour,
    });
  });

  test('that is suspended is tried after an hour, then after 2, 4, 8 and 12, by one delivery each time', () => {
    let health = after(after(healthy, 'failed', 25), 'failed', 1, now + 72 * hour);
    let at = now + 72 * hour;
    const pauses = Array.from({ length: 6 }, () => {
      const begun = at;
      let gate = gateOf(health, at, 0);
      while (gate.state === 'suspended') gate = gateOf(health, (at += 15 * 60 * second), 0);
      if (gate.state !== 'probe' || !gate.isSuspended) throw new Error(gate.state);
      expect(gateOf(gate.health, at, 0)).toMatchObject({ state: 'suspended' });
      health = healthAfter(gate.health, 'retry', at, 0);
      return (at - begun) / hour;
    });
    expect(pauses).toEqual([1, 2, 4, 8, 12, 12]);
    expect(healthAfter(health, 'delivered', at, 0)).toEqual(healthy);
  });

  test('a trial that never came to an outcome is no failure: the pause after it does not grow', () => {
    const suspended = after(after(healthy, 'failed', 25), 'failed', 1, now + 72 * hour);
    let at = now + 73 * hour;
    let { trials } = suspended;
    for (let lost = 0; lost < 4; lost += 1) {
      const gate = gateOf(suspended, at, 0);
      if (gate.state !== 'probe') throw new Error(gate.state);
      expect(gateOf(gate.health, at + hour, 0)).toMatchObject({ state: 'probe' });
      ({ trials } = gate.health);
      at += hour;
    }
    expect(trials).toBe(suspended.trials);
  });

  test('an accepted delivery ends a suspension', () => {
    const suspended = after(after(healthy, 'retry', 25), 'retry', 1, now + 72 * hour);
    expect(healthAfter(suspended, 'delivered', now + 73 * hour, now + 73 * hour)).toEqual(healthy);
  });
});
