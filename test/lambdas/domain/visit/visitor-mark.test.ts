import { visitorDay, visitorKeyEndsAt, visitorMark } from '../../../../lambdas/domain/visit/visitor-mark';

const [today, tomorrow] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

test('visits of one machine on one day have one mark', () => {
  expect(visitorMark(today, '203.0.113.7', 'Firefox')).toBe(visitorMark(today, '203.0.113.7', 'Firefox'));
});

test.each([
  ['another address', visitorMark(today, '203.0.113.8', 'Firefox')],
  ['another browser', visitorMark(today, '203.0.113.7', 'Chrome')],
  ['no browser', visitorMark(today, '203.0.113.7', undefined)],
  ['another day', visitorMark(tomorrow, '203.0.113.7', 'Firefox')],
])('%s has another mark', (_, mark) => {
  expect(mark).toMatch(/^[\w-]{11}$/);
  expect(mark).not.toBe(visitorMark(today, '203.0.113.7', 'Firefox'));
});

test('days begin at midnight UTC, and a key is thrown away at the second midnight after', () => {
  expect(visitorDay(Date.parse('2026-11-23T23:59:59.999Z'))).toBe('2026-11-23');
  expect(visitorDay(Date.parse('2026-11-24T00:00:00Z'))).toBe('2026-11-24');
  expect(new Date(visitorKeyEndsAt('2026-11-23')).toISOString()).toBe('2026-11-25T00:00:00.000Z');
});
