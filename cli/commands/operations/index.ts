import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { addClickCommands } from './click';
import { addConsoleCommand } from './console';
import { addConversionCommands } from './conversions';
import { addDeadLetterCommands } from './dead-letters';
import { addDeliveryCommands } from './deliveries';
import { addDoctorCommand } from './doctor';
import { addExplainCommand } from './explain-postback';
import { addSearchCommand } from './search-postbacks';
import { addShowCommand } from './show-postback';
import { addTailCommand } from './tail-postbacks';
import { addPreflightCommand } from './preflight';
import { addReplayCommand } from './replay';
import { addStatusCommand } from './status';
import { addUploadCommand } from './upload';

/** Commands of daily operation: the state of the tracker, postbacks, conversions, clicks, deliveries, dead letters. */
export function addOperationsCommands(program: CommandUnknownOpts): void {
  addConsoleCommand(program);
  addStatusCommand(program);
  addDoctorCommand(program);
  addPreflightCommand(program);
  addPostbackCommands(program);
  addReplayCommand(program);
  addDeadLetterCommands(program);
  addConversionCommands(program);
  addDeliveryCommands(program);
  addUploadCommand(program);
  addClickCommands(program);
}

function addPostbackCommands(program: CommandUnknownOpts): void {
  const postbacks = program.command('postbacks').description('the log: every request, as it came, and its verdict');
  addTailCommand(postbacks);
  addSearchCommand(postbacks);
  addShowCommand(postbacks);
  addExplainCommand(postbacks);
}
