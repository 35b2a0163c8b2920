import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { metric, type MetricName } from '../../../lambdas/contract';
import { readGlobalOptions, targetOf } from '../../connection/options';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { troublesOf } from '../../../operator/status/diagnosis';
import { readPicture } from '../../operations/status/read-picture';
import { commonRefusal } from '../../../operator/status/refusals';
import { statusText } from '../../operations/status/status-text';
import { unreadAmounts } from '../../../operator/status/unread-amounts';
import { perform } from '../../session';

export function addStatusCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('status')
    .description(
      'what is wrong now, and what to type next: alarms, rates, queues; exit code 1 where something is wrong',
    )
    .action((_options, self) =>
      perform(self, async ({ api, output }) => {
        const at = Date.now();
        const target = targetOf(readGlobalOptions(self), process.env);
        const picture = await readPicture(target, at);
        const since = new Date(at - 15 * 60_000).toISOString();
        const has = (name: MetricName): boolean => (picture.counts[15][name] ?? 0) > 0;
        const [refusals, unread] = await Promise.all([
          has(metric.postbackRejected) ? commonRefusal(api, since) : undefined,
          has(metric.postbackAmountUnread) ? unreadAmounts(api, since) : undefined,
        ]);
        const troubles = troublesOf(picture, { refusals, ...(unread !== undefined && { unreadAmounts: unread }) });
        output.answer({ at: new Date(at).toISOString(), troubles, ...picture }, () => statusText(picture, troubles));
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
