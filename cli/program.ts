import { Command } from '@commander-js/extra-typings';
import { addCompletionCommands } from './commands/completion';
import { addConfigurationCommands } from './commands/configuration';
import { addCostCommand } from './commands/cost';
import { addOperationsCommands } from './commands/operations';
import { addGlobalOptions } from './connection/options';
import { exitCodeHelp } from './help';

/** The whole command line. Nothing runs before it parses arguments. */
export function buildProgram(): Command {
  const program = new Command('tracker')
    .description('Operates a postback tracker: in an AWS account, or on this machine.')
    .showHelpAfterError('Add --help to see what it takes.')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', exitCodeHelp)
    .exitOverride();
  addGlobalOptions(program);
  addConfigurationCommands(program);
  addOperationsCommands(program);
  addCostCommand(program);
  addCompletionCommands(program);
  return program;
}
