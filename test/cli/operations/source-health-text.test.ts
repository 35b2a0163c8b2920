import { sourceHealthText } from '../../../cli/operations/deliveries/source-health-text';

const fieldsOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(text.split('\n').map((line) => line.split(/ {2,}/)));

const [suspendedAt, unacceptedSince, nextAttemptAt] = ['2026-11-23T12:00Z', '2026-11-20T12:00Z', '2026-11-23T13:00Z'];
const suspended = { source: 'news', state: 'suspended', unaccepted: 26, unacceptedSince, suspendedAt };

test('a suspended source shows since when, the next trial, and the command for its answer', () => {
  expect(fieldsOf(sourceHealthText({ ...suspended, nextAttemptAt }))).toMatchObject({
    source: 'news',
    state: 'suspended',
    'suspended at': suspendedAt,
    'not accepted': expect.stringContaining(unacceptedSince),
    'next trial': nextAttemptAt,
    next: expect.stringContaining('postback'),
    'its answer': 'tracker source test news',
  });
});

test('a trial whose time has come is made at once', () => {
  expect(fieldsOf(sourceHealthText(suspended))).toHaveProperty('next trial', 'at once');
});

test('a source that accepts needs nothing', () => {
  expect(fieldsOf(sourceHealthText({ source: 'news', state: 'accepting', unaccepted: 0 }))).toEqual({
    source: 'news',
    state: 'accepting',
  });
});
