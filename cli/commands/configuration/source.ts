import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { asFields } from '../../../operator/documents/stored-document';
import { withSourceFlags } from '../../configuration/flags/source-flags';
import { repeated } from '../../configuration/flags/values';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { addDocumentCommands } from './document-commands';
import { putCommand, runPut } from './put-document';
import { addSourceDaysCommand } from './source-days';
import { addSourceHealthCommand } from './source-health';
import { addOutboundCommands } from './source-outbound';

export function addSourceCommands(program: CommandUnknownOpts): void {
  const source = program.command('source').description('traffic sources of clicks');
  addDocumentCommands(source, {
    kind: 'source',
    columns: [{ heading: 'postbacks to', cell: ({ postbacks }) => destinationsOf(postbacks) }],
    example: 'newsletter',
    deletion: 'Clicks that name it are still counted.',
  });
  const put = putCommand(source, 'source')
    .option('--name <text>', 'display name')
    .option('--parameter <name=value>', 'one of its parameters (repeatable)', repeated)
    .option('--template <id>', 'report conversions by this template; docs/sources lists them')
    .option('--account <name=value>', "a value of the source's account for the template (repeatable)", repeated)
    .option('--postback-url <url>', 'URL of its own postbacks')
    .option('--postback-when <when>', 'first, every-change or each-status (default: first)')
    .option('--postback-status <status>', 'send it these statuses only (repeatable)', repeated)
    .option('--postback-event <event>', 'send it these events only (repeatable)', repeated)
    .action((id, { file, dryRun, yes, ...flags }, self) =>
      perform(self, (session) =>
        runPut(session, {
          kind: 'source',
          id,
          file,
          dryRun,
          yes,
          fresh: { name: id },
          change: (base) => withSourceFlags(base, flags),
        }),
      ),
    );
  addExamples(
    put,
    'tracker source put newsletter --name "Weekly newsletter"',
    'tracker source put popads --template popads --account aid=12345',
    'tracker source put newsletter --file newsletter.yaml',
  );
  addOutboundCommands(source);
  addSourceDaysCommand(source);
  addSourceHealthCommand(source);
}

/** The template or the host of each postback. */
function destinationsOf(postbacks: unknown): string | undefined {
  if (!Array.isArray(postbacks)) return undefined;
  const fields = postbacks.map((postback: unknown) => asFields(postback) ?? {});
  const destinations = fields.map(({ url, template }) => (typeof url === 'string' ? hostOf(url) : template));
  return destinations.filter((destination) => typeof destination === 'string').join(', ');
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
