import { printable } from '../../../cli/terminal/printable';

test.each([
  ['a title of the window', '\u001B]0;owned\u0007', ']0;owned'],
  ['a move of the cursor', 'a\u001B[2Jb\u001B[1;1Hc', 'a[2Jb[1;1Hc'],
  ['a carriage return that hides what stands before it', 'bad\rgood', 'badgood'],
  ['the short form of a sequence', '\u009B2J', '2J'],
])('%s does not reach the terminal', (_what, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('colours, line breaks, tabs and every letter do', () => {
  const text = '\u001B[1m\u001B[36mÜ 🎯\u001B[39m\u001B[22m\n\t[0m';

  expect(printable(text)).toBe(text);
});
