import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { doStep } from '../../../operator/documents/do-step';
import { readConfigurationFiles } from '../../configuration/files';
import { planOf, type Plan, type PlanStep } from '../../../operator/documents/plan';
import { planText, stepName } from '../../configuration/plan-text';
import { presentDocuments } from '../../../operator/documents/present-documents';
import { readWrittenConfiguration, type ConfigurationReading } from '../../configuration/written-configuration';
import type { AdminApi } from '../../../operator/api/admin-api';
import { Failure, usageFailure } from '../../../operator/failure';
import { addExamples } from '../../help';
import { perform, type Session } from '../../session';
import { canAsk, confirm } from '../../terminal/confirm';
import { counted } from '../../../operator/counted';
import { startProgress } from '../../terminal/progress';
import { noteWarnings } from './note-warnings';
import { withPlaces } from './wrong-document';

export function addApplyCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('apply')
    .argument(
      '<path>',
      'folder with campaigns/*.yaml, integrations/*.yaml and sources/*.yaml, or a file of documents with kind and id',
    )
    .summary('applies a folder of configuration files to the tracker')
    .description(
      'applies files to the tracker: shows the changes, then makes them, sources first and campaigns last. A repetition changes nothing',
    )
    .option('--prune', 'delete documents that are in no file')
    .option('--dry-run', 'show the changes, and make none')
    .option('--yes', 'do not ask; required for deletions without a terminal')
    .action((path, options, self) => perform(self, (session) => apply(session, path, options)));
  addExamples(
    command,
    'tracker apply configuration/ --dry-run',
    'tracker apply configuration/ --stage prod --yes',
    'tracker apply configuration/ --prune --yes --json',
  );
}

interface ApplyOptions {
  readonly prune?: true | undefined;
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
}

async function apply(session: Session, path: string, { prune, dryRun, yes }: ApplyOptions): Promise<void> {
  const { output } = session;
  const { documents: wanted, warnings } = wantedConfiguration(path);
  const api = await session.api();
  const plan = planOf(wanted, await presentDocuments(api), prune === true);
  failOn(plan.problems);
  noteWarnings(output, warnings);
  let done = 0;
  const report = (): object => ({
    dryRun: dryRun === true,
    steps: plan.steps.map((step, index) => ({ ...step, done: index < done })),
    unchanged: plan.unchanged,
    unmanaged: plan.unmanaged,
    warnings,
  });
  if (dryRun === true || plan.steps.length === 0) {
    output.answer(report(), () => planText(plan));
    return;
  }
  const shown = await agree(session, plan, yes);
  try {
    await doAll(api, plan, () => done++);
  } catch (error) {
    if (output.json) output.answer(report(), () => '');
    throw interrupted(error, plan.steps, done);
  }
  output.answer(report(), () => [...(shown ? [] : [planText(plan)]), 'Done.'].join('\n'));
}

/** Checks everything before sending anything, and reports all problems together. */
function wantedConfiguration(path: string): Pick<ConfigurationReading, 'documents' | 'warnings'> {
  const files = readConfigurationFiles(path);
  const { documents, problems, warnings } = readWrittenConfiguration(files);
  failOn(problems);
  if (documents.length === 0)
    throw usageFailure(`There is no document in ${path}.`, 'See "tracker apply --help" for what it should hold.');
  return { documents, warnings };
}

function failOn(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new Failure(
    'usage',
    `The configuration is wrong in ${counted(problems.length, 'place')}; nothing was changed.`,
    {
      details: problems,
    },
  );
}

/**
 * Shows the plan and asks for confirmation on a terminal; without one, only deletions need it.
 * @returns whether the plan was shown
 */
async function agree({ output }: Session, plan: Plan, yes: boolean | undefined): Promise<boolean> {
  const deletions = plan.steps.filter(({ action }) => action === 'delete').length;
  if (yes === true || (!canAsk() && deletions === 0)) return false;
  if (canAsk()) output.note(planText(plan));
  const question =
    deletions === 0 ? 'Make these changes?' : `Make these changes, and delete ${counted(deletions, 'document')}?`;
  await confirm(question, yes);
  return true;
}

async function doAll(api: AdminApi, { steps }: Plan, whenDone: () => void): Promise<void> {
  const progress = startProgress('applying', steps.length);
  try {
    for (const step of steps) {
      await doStep(api, step);
      whenDone();
      progress.advance();
    }
  } finally {
    progress.end();
  }
}

function interrupted(error: unknown, steps: readonly PlanStep[], done: number): unknown {
  const step = steps[done];
  const cause = step === undefined || step.action === 'delete' ? error : withPlaces(error, step.kind, step);
  if (!(cause instanceof Failure) || step === undefined) return error;
  const outcome = steps.map(
    (one, index) => `${index < done ? 'done    ' : index === done ? 'failed  ' : 'not done'} ${stepName(one)}`,
  );
  return new Failure(cause.kind, `It stopped at ${step.kind} ${step.id}: ${cause.message}`, {
    details: [...cause.details, ...outcome],
    hint: cause.hint ?? 'Fix that and apply again: finished steps stay.',
    cause,
  });
}
