import { once } from 'node:events';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { usageFailure } from '../../../operator/failure';
import { addExamples } from '../../help';
import { serveTestPage } from '../../operations/test-page/serve';
import { perform } from '../../session';
import { interruption } from '../../terminal/interrupt';
import { openBrowser } from '../../terminal/open-browser';
import { style } from '../../terminal/style';

export function addTestPageCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('test-page')
    .description(
      'opens the page that simulates a conversion, on this machine and with your own credentials, until Ctrl-C; no one else can reach it',
    )
    .option('--integration <id>', 'filled in already')
    .option('--campaign <id>', 'filled in already')
    .option('--port <number>', 'listen on this port; a free one where nothing is said')
    .option('--no-open', 'print the address and open no browser')
    .action(({ integration, campaign, port = '0', open }, self) =>
      perform(self, async ({ connection, output }) => {
        const ended = interruption();
        const server = await serveTestPage(await connection(), { integration, campaign }, readPort(port));
        output.answer(
          { url: server.url },
          () => `${style.important(server.url)}\n\nThe address is a key: keep it secret. Ctrl-C ends it.`,
        );
        if (open) openBrowser(server.url);
        if (!ended.aborted) await once(ended, 'abort');
        await server.close();
      }),
    );
  addExamples(
    command,
    'tracker test-page --stage prod',
    'tracker test-page --integration acme --campaign spring --no-open',
  );
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw usageFailure(`--port must be a number from 0 to 65535, not "${text}".`);
}
