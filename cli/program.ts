import { createRequire } from 'node:module';
import { Command } from '@commander-js/extra-typings';
import * as v from 'valibot';
import { addCompletionCommands } from './commands/completion';
import { addConfigurationCommands } from './commands/configuration';
import { addCostCommand } from './commands/cost';
import { addRatesCommands } from './commands/money/rates';
import { addSpendCommands } from './commands/money/spend';
import { addOperationsCommands } from './commands/operations';
import { addReportCommand } from './commands/report';
import { addReportsCommands } from './commands/reports';
import { addGlobalOptions } from './connection/options';
import { exitCodeHelp } from './help';

const { version } = v.parse(v.object({ version: v.string() }), createRequire(__filename)('../package.json'));

/**
 * Builds the whole command line; nothing runs before it parses arguments.
 * @param quiet prints nothing about wrong usage: the caller reports the error
 */
export function buildProgram({ quiet = false }: { readonly quiet?: boolean } = {}): Command {
  const program = new Command('tracker')
    .configureOutput(quiet ? { writeErr: () => undefined } : {})
    .description('Operates a postback tracker: in an AWS account, or on this machine.')
    .showHelpAfterError('Add --help to see what it takes.')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', exitCodeHelp)
    .version(version, '--version', 'the version of this command line')
    .exitOverride();
  addGlobalOptions(program);
  addConfigurationCommands(program);
  addOperationsCommands(program);
  addReportCommand(program);
  addReportsCommands(program);
  addSpendCommands(program);
  addRatesCommands(program);
  addCostCommand(program);
  addCompletionCommands(program);
  return program;
}
