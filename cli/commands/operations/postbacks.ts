import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { addExplainCommand } from './explain-postback';
import { addSearchCommand } from './search-postbacks';
import { addShowCommand } from './show-postback';
import { addTailCommand } from './tail-postbacks';

export function addPostbackCommands(program: CommandUnknownOpts): void {
  const postbacks = program.command('postbacks').description('the log: every request, as it came, and its verdict');
  addTailCommand(postbacks);
  addSearchCommand(postbacks);
  addShowCommand(postbacks);
  addExplainCommand(postbacks);
}
