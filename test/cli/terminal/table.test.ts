import { table } from '../../../cli/terminal/table';
import { widthOf } from '../../../cli/terminal/width';

test.each([
  ['', 0],
  ['spring', 6],
  ['\u001B[31mred\u001B[39m', 3],
  ['Ünï', 3],
  ['e\u0301', 1],
  ['春の', 4],
  ['🎯', 2],
  ['👩‍👩‍👧', 2],
  ['❤️', 2],
])('%j takes %d columns of a terminal', (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test('columns stand below each other whatever is in the cells', () => {
  const rows = [
    ['spring', 'a\nb', '1'],
    ['春', '\u001B[31mred\u001B[39m', '20'],
  ];

  expect(table(['id', 'name', 'n'], rows)).toBe(
    ['ID      NAME   N', 'spring  a b    1', '春      \u001B[31mred\u001B[39m   20'].join('\n'),
  );
});

test('no rows are headings alone', () => {
  expect(table(['id', 'name'], [])).toBe('ID  NAME');
});

test('numbers and money are aligned at their right, and times and IDs are not', () => {
  const rows = [
    ['2026-11-29', '9.50 USD', '7x'],
    ['2026-11-30', 'no amount', '12'],
    ['2026-12-01', '-1200 USD', ''],
  ];
  expect(table(['day', 'amount', 'id'], rows).split('\n')).toEqual([
    'DAY            AMOUNT  ID',
    '2026-11-29   9.50 USD  7x',
    '2026-11-30  no amount  12',
    '2026-12-01  -1200 USD',
  ]);
});

test('a terminal that is too narrow shows each row in several lines, whole and none wider than it', () => {
  const click = '24scnps2p08x74kv312f7p8razp7bnsw';
  const rows = [['2026-11-29T21:42:04.315Z', '06h2jggd3ck0hnk5gc4zv5ws', 'recorded', click]];
  const shown = table(['received', 'request', 'result', 'click'], rows, 80);
  expect(shown.split('\n')).toEqual([
    'RECEIVED                  REQUEST                   RESULT',
    '  CLICK',
    '2026-11-29T21:42:04.315Z  06h2jggd3ck0hnk5gc4zv5ws  recorded',
    `  ${click}`,
  ]);
  expect(table(['received', 'request', 'result', 'click'], rows, 120).split('\n')).toHaveLength(2);
  expect(table(['click'], [[click]], 10).split('\n')).toEqual(['CLICK', click]);
});
