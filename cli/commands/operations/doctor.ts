import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { readGlobalOptions, trackerTargetOf } from '../../connection/options';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { examine } from '../../../operator/doctor/doctor';
import { readPicture } from '../../operations/status/read-picture';
import { perform } from '../../session';
import { checkText } from '../../terminal/check-text';

export function addDoctorCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('doctor')
    .description(
      'checks a tracker from end to end: configuration, a test click and its postbacks, log, queues, alarms; keeps the test click; exit code 1 if there is a problem',
    )
    .option('--campaign <id>', 'click on this campaign (default: an active one)')
    .action(({ campaign }, self) =>
      perform(self, async ({ api, output }) => {
        const target = trackerTargetOf(readGlobalOptions(self), process.env);
        const patient = { api, picture: () => readPicture(target, Date.now()) };
        const { healthy, checks, leftBehind } = await examine(patient, campaign, (check) => {
          if (!output.json) output.item(check, () => checkText(check));
        });
        if (output.json) output.answer({ healthy, checks, leftBehind }, () => '');
        if (leftBehind !== undefined) {
          output.note(
            `Clicks of ${leftBehind.campaign} and a conversion stay behind, marked as tests. To forget the one with the conversion: tracker click erase ${leftBehind.clickId}`,
          );
        }
        return healthy ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(command, 'tracker doctor', 'tracker doctor --stage prod --campaign spring');
}
