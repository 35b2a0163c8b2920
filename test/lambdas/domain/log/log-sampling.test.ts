import { logSampler, type LogOrigin } from '../../../../lambdas/domain/log/log-sampling';
import { authenticationReasons, reasons, type Reason } from '../../../../lambdas/domain/values/reasons';

const all = Object.keys(reasons) as Reason[];
const stranger = { integration: 'acme', trust: 'none' } as const;

const sampled = (isLogged: ReturnType<typeof logSampler>, reason: Reason, origin: LogOrigin, times = 1000): number =>
  Array.from({ length: times }).filter(() => isLogged(reason, origin)).length;

describe('the sample of the log', () => {
  const frozen = () => logSampler(() => 1_000_000);

  test('keeps every row of a sender that proved itself, whatever the verdict', () => {
    for (const reason of all) {
      expect([reason, sampled(frozen(), reason, { integration: 'acme', trust: 'proven' })]).toEqual([reason, 1000]);
    }
  });

  test('keeps every row of what an integration let pass, but for what it rejected for its sender', () => {
    const bounded = [...authenticationReasons, 'INTEGRATION_MISMATCH'];
    for (const reason of all) {
      const expected = bounded.includes(reason) ? 30 : 1000;
      expect([reason, sampled(frozen(), reason, { integration: 'acme', trust: 'let-pass' })]).toEqual([
        reason,
        expected,
      ]);
    }
  });

  test('bounds the rows of strangers for every reason that there is', () => {
    for (const reason of all) {
      expect([30, 300]).toContain(sampled(frozen(), reason, stranger));
    }
    for (const reason of ['AUTH_INVALID', 'CLICK_NOT_FOUND', 'PENDING_UNMATCHED', 'INTEGRATION_MISMATCH'] as const) {
      expect([reason, sampled(frozen(), reason, stranger)]).toEqual([reason, 30]);
    }
  });

  test('hides neither a believed sender, nor another integration, nor another reason behind a flood', () => {
    const isLogged = frozen();
    expect(sampled(isLogged, 'AUTH_INVALID', stranger, 20_000)).toBe(30);
    expect(sampled(isLogged, 'AUTH_INVALID', { integration: 'other', trust: 'none' }, 10)).toBe(10);
    expect(sampled(isLogged, 'AUTH_MISSING', stranger, 10)).toBe(10);
    expect(sampled(isLogged, 'AUTH_INVALID', { integration: 'acme', trust: 'proven' }, 500)).toBe(500);
    expect(sampled(isLogged, 'STATUS_UNKNOWN', { integration: 'acme', trust: 'let-pass' }, 500)).toBe(500);
  });

  test('counts all names that no configuration knows as one', () => {
    expect(sampled(frozen(), 'INTEGRATION_UNKNOWN', { trust: 'none' }, 5000)).toBe(30);
  });

  test('of more integrations than it can count has one bound for the rest, and still none for believed senders', () => {
    const isLogged = frozen();
    const flood = Array.from({ length: 20_000 }, (_, index) =>
      isLogged('AUTH_INVALID', { integration: `made-up-${index}`, trust: 'none' }),
    );
    expect(flood.filter(Boolean)).toHaveLength(3000 + 30);
    expect(isLogged('AUTH_INVALID', { integration: 'late', trust: 'proven' })).toBe(true);
  });

  test('begins anew each minute', () => {
    let time = 0;
    const isLogged = logSampler(() => time);
    expect([sampled(isLogged, 'AUTH_INVALID', stranger), sampled(isLogged, 'AUTH_INVALID', stranger)]).toEqual([30, 0]);
    time = 60_000;
    expect(sampled(isLogged, 'AUTH_INVALID', stranger)).toBe(30);
  });
});
