import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { addApplyCommand } from './apply';
import { addCampaignCommands } from './campaign';
import { addExportCommand } from './export';
import { addIntegrationCommands } from './integration';
import { addSourceCommands } from './source';

/** Commands of configuration: campaigns, integrations, sources. */
export function addConfigurationCommands(program: CommandUnknownOpts): void {
  addCampaignCommands(program);
  addIntegrationCommands(program);
  addSourceCommands(program);
  addApplyCommand(program);
  addExportCommand(program);
}
