import { relative } from 'node:path';
import type { LocalStack } from './stack';
import type { Terminal } from './terminal';

/** What to try first, ready to paste. */
export function greet(terminal: Terminal, { url, dataFolder, tracks }: LocalStack, tookMilliseconds: number): void {
  terminal.line();
  terminal.line(`Ready on ${url} after ${(tookMilliseconds / 1000).toFixed(1)} s.`);
  if (tracks) {
    terminal.line();
    terminal.line(`  a click       ${url}/c/demo?source=newsletter`);
    terminal.line(`                curl -si "${url}/c/demo?source=newsletter" | grep -i location`);
    terminal.line(
      `  its postback  curl "${url}/postback?clickid=<the sub= of that location>&amount=12.50&status=approved"`,
    );
    terminal.line(`  the log       curl "${url}/admin/v1/postbacks"`);
    terminal.line(`  conversions   curl "${url}/admin/v1/conversions?campaign=demo"`);
  }
  terminal.line();
  terminal.line(`  data and function logs in ${relative(process.cwd(), dataFolder) || '.'}; end with Ctrl-C`);
  terminal.line();
}
