import { healthAfter, healthy, type SourceHealth } from '../../../../lambdas/domain/outbound/breaker';
import { sourceStateOf } from '../../../../lambdas/domain/outbound/source-state';
import { now } from '../support/factories';

const second = 1000;
const hour = 3600 * second;

const after = (outcome: 'retry' | 'failed', times: number, before: SourceHealth = healthy): SourceHealth =>
  times === 0 ? before : after(outcome, times - 1, healthAfter(before, outcome, now, 0));

test('a source without failures accepts', () => {
  expect(sourceStateOf(healthy, now, 0)).toEqual({ state: 'accepting', unaccepted: 0 });
});

test('a source that rejects is called as usual, and its rejections are counted', () => {
  expect(sourceStateOf(after('failed', 7), now + hour, 0)).toEqual({
    state: 'accepting',
    unaccepted: 7,
    unacceptedSince: now,
  });
});

test('a source that does not answer is unreachable, until its next attempt and after', () => {
  const attempts = { unaccepted: 5, unacceptedSince: now };
  const silent = after('retry', 5);
  expect(sourceStateOf(after('retry', 4), now, 0)).toMatchObject({ state: 'accepting' });
  expect(sourceStateOf(silent, now, 0)).toEqual({
    state: 'unreachable',
    ...attempts,
    nextAttemptAt: now + 30 * second,
  });
  expect(sourceStateOf(silent, now + 30 * second, 0)).toEqual({ state: 'unreachable', ...attempts });
});

describe('a source that has accepted nothing for three days', () => {
  const suspendedAt = now + 72 * hour;
  const suspended = healthAfter(after('retry', 25), 'retry', suspendedAt, 0);
  const attempts = { unaccepted: 26, unacceptedSince: now };

  test('is suspended, until its next trial and after', () => {
    expect(sourceStateOf(suspended, suspendedAt, 0)).toEqual({
      state: 'suspended',
      ...attempts,
      suspendedAt,
      nextAttemptAt: suspendedAt + hour,
    });
    expect(sourceStateOf(suspended, suspendedAt + hour, 0)).toEqual({ state: 'suspended', ...attempts, suspendedAt });
  });

  test('is no longer suspended once its document has changed', () => {
    const configuredAt = suspendedAt + second;
    const changed = sourceStateOf(suspended, configuredAt, configuredAt);
    expect(changed).toMatchObject({ state: 'unreachable', nextAttemptAt: expect.any(Number) });
    expect(changed).not.toHaveProperty('suspendedAt');
    const rejecting = { ...suspended, failuresInRow: 0 };
    expect(sourceStateOf(rejecting, configuredAt, configuredAt)).toEqual({ state: 'accepting', ...attempts });
  });
});
