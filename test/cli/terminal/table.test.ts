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
    ['ID      NAME  N', 'spring  a b   1', '春      \u001B[31mred\u001B[39m   20'].join('\n'),
  );
});

test('no rows are headings alone', () => {
  expect(table(['id', 'name'], [])).toBe('ID  NAME');
});
