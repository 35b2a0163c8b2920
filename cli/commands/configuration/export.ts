import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { exportedFiles, removeFiles, writeConfigurationFiles } from '../../configuration/files';
import { presentDocuments } from '../../../operator/documents/present-documents';
import { writeConfiguration } from '../../configuration/written-configuration';
import { Failure } from '../../../operator/failure';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { counted } from '../../../operator/counted';

export function addExportCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('export')
    .argument('<folder>', 'folder to write; created if missing')
    .description('writes the present configuration, without secrets, as a folder for "apply"')
    .option(
      '--force',
      'write into a folder with configuration files: replace them, and remove files of deleted documents',
    )
    .action((folder, { force }, self) =>
      perform(self, async ({ api, output }) => {
        const before = exportedFiles(folder);
        if (before.length > 0 && force !== true) {
          throw new Failure(
            'rejected',
            `${folder} holds ${counted(before.length, 'file')} of a configuration already.`,
            {
              hint: '--force replaces them, and removes those whose document is gone.',
            },
          );
        }
        const files = writeConfiguration(await presentDocuments(await api()));
        writeConfigurationFiles(folder, files);
        const written = files.map(({ path }) => path);
        const removed = before.filter((name) => !written.includes(name));
        removeFiles(folder, removed);
        output.answer({ folder, written, removed }, () =>
          [
            ...written,
            ...removed.map((name) => `removed ${name}`),
            `Wrote ${counted(written.length, 'file')} to ${folder}.`,
          ].join('\n'),
        );
      }),
    );
  addExamples(command, 'tracker export configuration/ --stage prod', 'tracker export configuration/ --force');
}
