import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isbot } from 'isbot';
import { greet } from '../../local/greeting';
import { createTerminal } from '../../local/terminal';

const agentOf = (text: string): string => /curl -si -A "([^"]+)"/.exec(text)?.[1] ?? '';

test('the click that the greeting and the README show counts in reports as that of a person', () => {
  let printed = '';
  const stack = { url: 'http://127.0.0.1:3000', dataFolder: '/data', consoleUrl: 'x', stop: () => Promise.resolve() };
  greet(
    createTerminal((text) => (printed += text)),
    stack,
    1000,
  );
  const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

  expect([printed, readme].map(agentOf)).not.toContain('');
  expect([printed, readme].map((text) => isbot(agentOf(text)))).toEqual([false, false]);
});

test('the greeting names three next commands with the port', () => {
  let printed = '';
  const stack = { url: 'http://127.0.0.1:4321', dataFolder: '/data', consoleUrl: 'x', stop: () => Promise.resolve() };
  greet(
    createTerminal((text) => (printed += text)),
    stack,
    1000,
  );

  expect(printed.match(/npx tracker --local 4321 \w+/g)).toHaveLength(3);
});
