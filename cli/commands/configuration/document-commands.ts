import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { DocumentKind } from '../../../lambdas/domain/configuration/document';
import { readContent } from '../../configuration/check-document';
import { differencesBetween } from '../../../operator/documents/differences';
import { differencesText } from '../../configuration/differences-text';
import { readDocumentFile } from '../../configuration/files';
import { collectionOf, nounOf } from '../../../operator/documents/kinds';
import {
  allDocuments,
  contentOf,
  findDocument,
  getDocument,
  type StoredDocument,
} from '../../../operator/documents/stored-document';
import { yamlOf } from '../../configuration/written-configuration';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { confirm } from '../../terminal/confirm';
import { style } from '../../terminal/style';
import { cellOf, table } from '../../terminal/table';
import { showHistory } from './show-history';
import { wrongDocument } from './wrong-document';

/** The differences between the commands of each kind of document. */
export interface KindOfDocument {
  readonly kind: DocumentKind;
  /** Columns of its list between the name and the version. */
  readonly columns: readonly { readonly heading: string; cell(document: StoredDocument): unknown }[];
  /** An ID for examples. */
  readonly example: string;
  /** Details that "show" adds to the document, by name; `contentOf` drops one that looks like a field. */
  readonly beside?: (id: string, publicUrl: string) => Readonly<Record<string, string>>;
  /** The effect of a deletion. */
  readonly deletion: string;
}

/** The commands of every kind of document, except `put`, whose options differ. */
export function addDocumentCommands(parent: CommandUnknownOpts, kindOfDocument: KindOfDocument): void {
  addList(parent, kindOfDocument);
  addShow(parent, kindOfDocument);
  addHistory(parent, kindOfDocument);
  addDiff(parent, kindOfDocument);
  addDelete(parent, kindOfDocument);
}

function addList(parent: CommandUnknownOpts, { kind, columns }: KindOfDocument): void {
  const command = parent
    .command('list')
    .description(`lists all ${collectionOf[kind]}`)
    .action((_options, self) =>
      perform(self, async ({ api, output }) => {
        const documents = await allDocuments(await api(), kind);
        output.answer(documents, () =>
          table(
            ['id', 'name', ...columns.map(({ heading }) => heading), 'version', 'changed'],
            documents.map((document) => [
              document.id,
              cellOf(document.name),
              ...columns.map(({ cell }) => cellOf(cell(document))),
              String(document.version),
              document.updatedAt,
            ]),
          ),
        );
      }),
    );
  addExamples(
    command,
    `tracker ${parent.name()} list --local`,
    `tracker ${parent.name()} list --stage prod --json | jq -r '.[].id'`,
  );
}

function addShow(parent: CommandUnknownOpts, { kind, example, beside }: KindOfDocument): void {
  const command = parent
    .command('show')
    .argument('<id>', `ID of the ${kind}`)
    .description(`shows one ${kind}, as YAML for "put" and "apply"`)
    .action((id, _options, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const document = await getDocument(api, kind, id);
        const more = beside?.(id, api.publicUrl) ?? {};
        output.answer({ ...document, ...more }, () => {
          const { version, updatedAt, updatedBy } = document;
          const about = [
            `# ${kind} ${id}, version ${version} of ${updatedAt} by ${updatedBy}`,
            ...Object.values(more).map((value) => `# ${value}`),
          ];
          return `${about.map((line) => style.quiet(line)).join('\n')}\n${yamlOf(contentOf(document))}`;
        });
      }),
    );
  addExamples(
    command,
    `tracker ${parent.name()} show ${example}`,
    `tracker ${parent.name()} show ${example} > ${example}.yaml`,
  );
}

function addHistory(parent: CommandUnknownOpts, { kind, example }: KindOfDocument): void {
  const command = parent
    .command('history')
    .argument('<id>', `ID of the ${kind}`)
    .description('lists every version, newest first: time, author and changes')
    .action((id, _options, self) => perform(self, (session) => showHistory(session, kind, id)));
  addExamples(command, `tracker ${parent.name()} history ${example}`);
}

function addDiff(parent: CommandUnknownOpts, { kind, example }: KindOfDocument): void {
  const command = parent
    .command('diff')
    .argument('<id>', `ID of the ${kind}`)
    .description('shows the changes that "put" of a file would make; exit code 1 if there are some')
    .requiredOption('--file <file>', 'YAML or JSON; - for standard input')
    .action((id, { file }, self) =>
      perform(self, async ({ api, output }) => {
        const written = await readDocumentFile(file);
        const reading = readContent(kind, written.value);
        if (!reading.ok) throw wrongDocument(kind, reading.problems, written);
        const stored = await findDocument(await api(), kind, id);
        const differences = differencesBetween(stored && contentOf(stored), reading.content);
        output.answer({ kind, id, exists: stored !== undefined, differences }, () => differencesText(differences));
        return differences.length === 0 ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(command, `tracker ${parent.name()} diff ${example} --file ${example}.yaml`);
}

function addDelete(parent: CommandUnknownOpts, { kind, example, deletion }: KindOfDocument): void {
  const command = parent
    .command('delete')
    .argument('<id>', `ID of the ${kind}`)
    .description(`deletes ${nounOf[kind]}; keeps its history, and "put" restores it`)
    .option('--yes', 'do not ask')
    .action((id, { yes }, self) =>
      perform(self, async (session) => {
        const api = await session.api();
        const { version } = await getDocument(api, kind, id);
        await confirm(`Delete the ${kind} ${id}? ${deletion}`, yes);
        await api.text('DELETE', [collectionOf[kind], id], { ifMatch: version });
        session.output.answer(
          { action: 'deleted', kind, id, version },
          () => `Deleted the ${kind} ${id}, version ${version}.`,
        );
      }),
    );
  addExamples(
    command,
    `tracker ${parent.name()} delete ${example}`,
    `tracker ${parent.name()} delete ${example} --yes`,
  );
}
