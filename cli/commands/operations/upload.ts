import { readFileSync, writeFileSync } from 'node:fs';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Integration } from '../../../lambdas/domain/configuration/integration';
import { presetOf } from '../../../lambdas/domain/presets';
import { readPair, repeated } from '../../configuration/flags/values';
import { integrationOf } from '../../../operator/documents/sender-setup';
import { credentialsOf } from '../../../operator/documents/credentials';
import type { AdminApi } from '../../../operator/api/admin-api';
import { messageOf, systemCodeOf, usageFailure } from '../../../operator/failure';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { isTaken } from '../../../operator/answers';
import { proofOf } from '../../../operator/postback/send-postback';
import type { ColumnPlan } from '../../../operator/upload/columns';
import type { Uploaded } from '../../operations/upload/upload';
import { perform } from '../../session';
import { counted } from '../../../operator/counted';
import { style } from '../../terminal/style';
import { table } from '../../terminal/table';

export function addUploadCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('upload')
    .argument('<file>', 'CSV with a header line, a JSON array, or one JSON object a line')
    .description(
      'sends a file of conversions as postbacks of an integration, waits for their verdicts, and writes rejected rows to FILE.refused.csv; exit code 1 if a row was rejected or still waits',
    )
    .requiredOption('--integration <id>', 'integration that reports them')
    .option(
      '--map <column=field>',
      'field of a column: clickId, amount, transactionId, event, status, currency or timestamp (repeatable)',
      repeated,
    )
    .option('--dry-run', 'judge every row and record nothing')
    .option('--no-wait', 'do not wait for the verdicts')
    .action((file, { integration: id, map = [], dryRun, wait }, self) =>
      perform(self, async ({ api: connect, output }) => {
        // Loaded here, so that no other command waits for the CSV reader.
        const { readUpload } = await import('../../operations/upload/rows.js');
        const { planColumns } = await import('../../../operator/upload/columns.js');
        const { rejectedFileOf, rejectedText } = await import('../../operations/upload/rejected-rows.js');
        const { upload } = await import('../../operations/upload/upload.js');
        const read = readUpload(file, readFile(file));
        const api = await connect();
        const { integration, proof } = await senderOf(api, id);
        const plan = planColumns(
          read.columns,
          map.map((pair) => readPair('--map', pair)),
          integration,
        );
        output.note(planText(plan, read.rows.length));
        const done = await upload(api, { file: read, plan, integration: id, proof, dryRun: dryRun === true, wait });

        const rejectedFile = done.rejected.length === 0 ? undefined : rejectedFileOf(file);
        if (rejectedFile !== undefined) writeRejected(rejectedFile, rejectedText(read.columns, done.rejected));
        const { rejected, ...counts } = done;
        const answer = { ...counts, dryRun: dryRun === true, refused: rejected.length, refusedFile: rejectedFile };
        output.answer(answer, () => uploadedText(done, rejectedFile, { dryRun: dryRun === true, wait }));
        if (dryRun !== true) output.note(repetitionText(integration));
        return rejected.length > 0 || (wait && done.waiting > 0) ? exitCode.finding : exitCode.fine;
      }),
    );
  addExamples(
    command,
    'tracker upload orders.csv --integration acme --map "Order ID=transactionId" --dry-run',
    'tracker upload orders.csv --integration acme --map "Order ID=transactionId"',
    'tracker upload late.ndjson --integration acme --no-wait --json',
  );
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = systemCodeOf(error) === 'ENOENT';
    throw usageFailure(missing ? `There is no ${file}.` : `${file} cannot be read: ${messageOf(error)}.`);
  }
}

function writeRejected(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw usageFailure(`The rejected rows cannot be written to ${file}: ${messageOf(error)}.`);
  }
}

async function senderOf(api: AdminApi, id: string) {
  const integration = await integrationOf(api, id);
  return { integration, proof: proofOf(await credentialsOf(api, id), integration.auth) };
}

function planText({ read, unread }: ColumnPlan, rows: number): string {
  const lines = read.map(({ column, field }) => `  ${column} is read as ${field}`);
  if (unread.length > 0) lines.push(`  nothing reads ${unread.join(', ')}`);
  return [`${counted(rows, 'row')}:`, ...lines].join('\n');
}

function uploadedText(
  { sent, batches, reasons, waiting, rejected }: Uploaded,
  rejectedFile: string | undefined,
  { dryRun, wait }: { readonly dryRun: boolean; readonly wait: boolean },
): string {
  const lines = [
    `${counted(sent, 'postback')} sent in ${batches.length === 1 ? '1 batch' : `${batches.length} batches`}${dryRun ? ', as a dry run: nothing was recorded' : ''}.`,
  ];
  const rows = Object.entries(reasons).sort(([, left], [, right]) => right - left);
  if (rows.length > 0) {
    lines.push(
      table(
        ['verdict', 'rows'],
        rows.map(([reason, number]) => [isTaken(reason) ? style.good(reason) : style.bad(reason), String(number)]),
      ),
    );
  }
  if (rejectedFile !== undefined)
    lines.push(`${counted(rejected.length, 'row')} rejected: fix them in ${rejectedFile} and upload it.`);
  if (waiting > 0) {
    const left = wait ? `${counted(waiting, 'row')} still wait to be judged` : 'They will be judged in a moment';
    lines.push(`${left}; see ${batches.map((batchId) => `tracker postbacks search --batch ${batchId}`).join(' and ')}`);
  }
  return lines.join('\n');
}

/** Modes in which a repeated key counts again. */
const counting: readonly string[] = ['increment', 'separate', 'separate-flagged'];

function repetitionText({ duplicates, preset }: Integration): string {
  const modes = [duplicates?.default ?? presetOf(preset).duplicateMode, ...Object.values(duplicates?.events ?? {})];
  const mode = modes.find((one) => counting.includes(one));
  if (mode === undefined)
    return 'The same file may be uploaded again: what is known already is a duplicate, and counts once.';
  return style.warning(
    `Do not upload the same file again after ten minutes: in the duplicate mode "${mode}" its rows would count once more.`,
    process.stderr,
  );
}
