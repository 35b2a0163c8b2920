import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { sourceHealth } from '../../../operator/deliveries/source-health';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { sourceHealthText } from '../../operations/deliveries/source-health-text';
import { perform } from '../../session';

export function addSourceHealthCommand(source: CommandUnknownOpts): void {
  const command = source
    .command('health')
    .argument('<id>', 'its ID')
    .description('shows whether a source is suspended or unreachable, and its next attempt; exit code 1 if it is')
    .action((id, _options, self) =>
      perform(self, async ({ api, output }) => {
        const health = await (await api()).call('GET', ['sources', id, 'health'], sourceHealth);
        output.answer(health, () => sourceHealthText(health));
        return health.state === 'accepting' ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(command, 'tracker source health news', 'tracker source health news --stage prod --json');
}
