import { relative } from 'node:path';
import type { LocalStack } from './stack';
import type { Terminal } from './terminal';

/** Reports count curl as a bot, and its conversions separately. */
const browser = '-A "Mozilla/5.0 (X11; Linux)"';

/** Prints the first commands, ready to paste. */
export function greet(terminal: Terminal, { url, dataFolder, consoleUrl }: LocalStack, tookMilliseconds: number): void {
  const { port } = new URL(url);
  terminal.line();
  terminal.line(`Ready on ${url} after ${(tookMilliseconds / 1000).toFixed(1)} s.`);
  if (consoleUrl !== undefined) {
    terminal.line();
    terminal.line(`  console       ${consoleUrl}   requests, clicks, reports`);
    terminal.line(`  in a browser  ${url}/c/demo?source=newsletter   a click, and a button for its conversion`);
    terminal.line(`  in a shell    curl -si ${browser} "${url}/c/demo?source=newsletter" | grep -i location`);
    terminal.line(
      `                curl "${url}/postback?clickid=<the sub= of that location>&amount=12.50&status=approved"`,
    );
    terminal.line(`  then          npx tracker --local ${port} report --group campaign,source`);
    terminal.line(`                npx tracker --local ${port} postbacks search`);
    terminal.line(`                npx tracker --local ${port} status`);
  }
  terminal.line();
  terminal.line(`  data and function logs in ${relative(process.cwd(), dataFolder) || '.'}; end with Ctrl-C`);
  terminal.line();
}
