import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import * as v from 'valibot';
import type { DocumentKind } from '../../../lambdas/domain/configuration/document';
import {
  asFields,
  contentOf,
  findDocument,
  storedDocument,
  type Content,
} from '../../../operator/documents/stored-document';
import { placedWarning, readContent } from '../../configuration/check-document';
import { differencesBetween } from '../../../operator/documents/differences';
import { differencesText } from '../../configuration/differences-text';
import { readDocumentFile } from '../../configuration/files';
import { collectionOf, nounOf } from '../../../operator/documents/kinds';
import type { WrittenDocument } from '../../configuration/written-text';
import { usageFailure } from '../../../operator/failure';
import type { Session } from '../../session';
import { canAsk, confirm } from '../../terminal/confirm';
import { noteWarnings } from './note-warnings';
import { withPlaces, wrongDocument } from './wrong-document';

/** Adds `put` with the options of every kind of document; options of one kind follow. */
export function putCommand(parent: CommandUnknownOpts, kind: DocumentKind) {
  return parent
    .command('put')
    .argument('<id>', `ID of the ${kind}`)
    .summary(`creates or changes ${nounOf[kind]}`)
    .description(
      `creates or changes ${nounOf[kind]}: options change fields, a file replaces the whole document. It shows the changes and asks on a terminal`,
    )
    .option('--file <file>', 'YAML or JSON; - for standard input')
    .option('--dry-run', 'show the changes, and make none')
    .option('--yes', 'do not ask');
}

export interface Put {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly file?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly yes?: boolean | undefined;
  /** The initial document, if there is neither a file nor one on the tracker. */
  readonly fresh: Content;
  /** Applies the options to a document. */
  change(base: Content): Content;
}

/** Creates or changes a document, based on the version that it read: a concurrent change is never overwritten. */
export async function runPut({ api: connect, output }: Session, put: Put): Promise<void> {
  const { kind, id, file, dryRun = false } = put;
  const written = file === undefined ? undefined : await readDocumentFile(file);
  checkInput(put, written);
  const api = await connect();
  const stored = await findDocument(api, kind, id);
  const base = written === undefined ? (stored ?? put.fresh) : asFields(written.value);
  const reading = readContent(kind, base && put.change(contentOf(base)));
  if (!reading.ok) throw wrongDocument(kind, reading.problems, written);
  const { warnings } = reading;
  noteWarnings(
    output,
    warnings.map((warning) => placedWarning(warning, written)),
  );

  const before = stored && contentOf(stored);
  const differences = differencesBetween(before, reading.content);
  const action = stored === undefined ? 'created' : differences.length === 0 ? 'unchanged' : 'updated';
  if (dryRun || action === 'unchanged') {
    output.answer({ action, dryRun, kind, id, differences, warnings, document: stored ?? null }, () =>
      action === 'unchanged' ? `The ${kind} ${id} is like that already.` : differencesText(differences),
    );
    return;
  }
  const asked = canAsk() && put.yes !== true;
  if (asked) {
    output.note(differencesText(differences));
    await confirm(stored === undefined ? `Make the ${kind} ${id}?` : `Change the ${kind} ${id}?`, put.yes);
  }
  const version = versionIn(written) ?? stored?.version ?? 0;
  const document = await api
    .call('PUT', [collectionOf[kind], id], storedDocument, { body: { ...reading.content, version } })
    .catch((error: unknown) => {
      throw withPlaces(error, kind, written);
    });
  const done = `${action === 'created' ? 'Made' : 'Changed'} the ${kind} ${id}: version ${document.version}.`;
  output.answer({ action, dryRun, kind, id, differences, warnings, document }, () =>
    asked ? done : `${differencesText(differences)}\n${done}`,
  );
}

/** Rejects a file of another document, and a `put` without a file or a field. */
function checkInput({ kind, id, change }: Put, written: WrittenDocument | undefined): void {
  const otherId = asFields(written?.value)?.['id'];
  if (written !== undefined && otherId !== undefined && otherId !== id) {
    throw usageFailure(`${written.placeOf('id')} is of another ${kind} than ${id}.`);
  }
  if (written !== undefined || Object.keys(change({})).length > 0) return;
  throw usageFailure(
    'There is nothing to put.',
    'Give a file with --file, or the fields that are to change: see --help.',
  );
}

/** Returns the version in a saved response of the API: a change of the file is based on it. */
function versionIn(written: WrittenDocument | undefined): number | undefined {
  const reading = v.safeParse(v.looseObject({ version: v.pipe(v.number(), v.integer()) }), written?.value);
  return reading.success ? reading.output.version : undefined;
}
