import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { readGlobalOptions, trackerTargetOf } from '../../connection/options';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { readStatus } from '../../../operator/status/read-status';
import { readPicture } from '../../operations/status/read-picture';
import { statusText } from '../../operations/status/status-text';
import { perform } from '../../session';

export function addStatusCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('status')
    .description(
      'shows problems of the last hour with their times and the next command: alarms, functions, rates, queues; exit code 1 if one is not over',
    )
    .action((_options, self) =>
      perform(self, async ({ api, output }) => {
        const target = trackerTargetOf(readGlobalOptions(self), process.env);
        const picture = await readPicture(target, Date.now());
        const status = await readStatus(picture, api);
        const { troubles } = status;
        output.answer(status, () => statusText(picture, troubles));
        return troubles.every(({ isOver }) => isOver === true) ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(
    command,
    'tracker status',
    'tracker status --stage prod',
    "tracker status --json | jq -r '.troubles[].sentence'",
  );
}
