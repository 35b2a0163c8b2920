import type { DocumentKind } from '../../../lambdas/domain/configuration/document';
import { differenceLines } from '../../configuration/differences-text';
import { differencesBetween, type FieldDifference } from '../../../operator/documents/differences';
import { collectionOf } from '../../../operator/documents/kinds';
import { contentOf, storedDocument, type StoredDocument } from '../../../operator/documents/stored-document';
import type { Session } from '../../session';
import { style } from '../../terminal/style';

/** Shows every version of a document, newest first, each with its changes. */
export async function showHistory({ api, output }: Session, kind: DocumentKind, id: string): Promise<void> {
  const versions = await (await api()).all([collectionOf[kind], id], storedDocument, { history: 1 });
  const changes = versions.map((version, index) => ({
    ...version,
    change: changeOf(version, versions[index + 1]),
    differences: differencesTo(version, versions[index + 1]),
  }));
  output.answer(changes, () => changes.map(changeText).join('\n'));
}

type Change = 'created' | 'updated' | 'deleted' | 'keys rotated';

function changeOf(version: StoredDocument, before: StoredDocument | undefined): Change {
  if (version.deleted === true) return 'deleted';
  if (before === undefined || before.deleted === true) return 'created';
  return differencesTo(version, before).length === 0 ? 'keys rotated' : 'updated';
}

function differencesTo(version: StoredDocument, before: StoredDocument | undefined): readonly FieldDifference[] {
  if (version.deleted === true) return [];
  return differencesBetween(before?.deleted === true ? undefined : before && contentOf(before), contentOf(version));
}

interface ShownChange {
  readonly version: number;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly change: Change;
  readonly differences: readonly FieldDifference[];
}

function changeText({ version, updatedAt, updatedBy, change, differences }: ShownChange): string {
  const title = `${style.heading(`version ${version}`)}  ${updatedAt}  ${change} by ${updatedBy}`;
  return [title, ...differenceLines(differences).map((line) => `  ${line}`)].join('\n');
}
