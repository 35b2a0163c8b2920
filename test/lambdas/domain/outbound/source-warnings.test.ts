import { documentWarnings } from '../../../../lambdas/domain/outbound/document-warnings';
import { sourceWarnings } from '../../../../lambdas/domain/outbound/source-warnings';
import { postback } from './support';

const sink = 'https://sink.example/?c={external_id}';
const warningsOf = (fields: Readonly<Record<string, unknown>>): readonly string[] =>
  sourceWarnings({ postbacks: [postback(fields)] }).map(({ path, message }) => `${path}: ${message}`);

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['once, with the click ID of the source', { url: sink }],
  ['each change, with its status', { url: `${sink}&s={status}`, when: 'every-change' }],
  ['one status', { url: sink, when: 'each-status', statuses: ['approved'] }],
  ['to a receiver of its own', { url: 'https://own.example/?c={clickid}' }],
  ['by a template', { template: 'evadav' }],
])('nothing is odd about what is reported %s', (_, fields) => {
  expect(warningsOf(fields)).toEqual([]);
});

test('a request that names no click is odd', () => {
  expect(warningsOf({ url: 'https://sink.example/?p={payout}' })).toEqual([
    'postbacks.0.url: The source gets no click ID of its own, so that it can match no conversion. Add {external_id} to the request.',
  ]);
});

test.each(['every-change', 'each-status'])('%s without a status is odd, also by a template', (when) => {
  const message =
    'postbacks.0.when: The request names no status: each change looks like a new conversion. Add {status}, or set "when" to "first".';

  expect(warningsOf({ url: sink, when })).toEqual([message]);
  expect(warningsOf({ template: 'evadav', when })).toEqual([message]);
});

test('a source without postbacks has nothing odd', () => {
  expect(documentWarnings({ name: 'News' })).toEqual([]);
});
