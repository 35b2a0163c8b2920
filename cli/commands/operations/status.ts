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
      'shows present problems and the next command for each: alarms, rates, queues; exit code 1 if there is a problem',
    )
    .action((_options, self) =>
      perform(self, async ({ api, output }) => {
        const at = Date.now();
        const target = trackerTargetOf(readGlobalOptions(self), process.env);
        const picture = await readPicture(target, at);
        const status = await readStatus(picture, api, at);
        const { troubles } = status;
        output.answer(status, () => statusText(picture, troubles));
        return troubles.length === 0 ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(
    command,
    'tracker status',
    'tracker status --stage prod',
    "tracker status --json | jq -r '.troubles[].sentence'",
  );
}
