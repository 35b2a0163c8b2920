import type { StoredVersion } from '../../adapters/configuration-item';
import { keyIdOf } from '../../domain/trust/keys';
import { sheetDifferences, type SheetDifference } from './document-difference';
import type { SheetFacts } from './facts';
import { code, plain, section, markdownTable } from './markdown';

type IntegrationVersion = StoredVersion<'integration'>;

/** Every version of the integration, newest first: the differences from the one before it, the time, and the author. */
export function changesSection({ versions }: Pick<SheetFacts, 'versions'>): string {
  return section(
    'Changes',
    markdownTable(
      ['Version', 'Time (UTC)', 'Author', 'Change'],
      versions.map((version, index) => [
        String(version.version),
        new Date(version.changedAt).toISOString().slice(0, 16).replace('T', ' '),
        plain(nameOf(version.author)),
        changesOf(version, versions[index + 1]).join('<br>'),
      ]),
    ),
  );
}

/** Returns the session's name of an assumed role: the rest of the ARN is of no use to a sender. */
function nameOf(author: string): string {
  return author.split('/').at(-1) ?? author;
}

function changesOf(version: IntegrationVersion, before: IntegrationVersion | undefined): readonly string[] {
  if (before === undefined) return ['created'];
  if (version.deleted) return ['deleted'];
  const changes = sheetDifferences(shown(before), shown(version)).map(changeText);
  if (before.deleted) return ['created again', ...changes];
  return changes.length === 0 ? ['none'] : changes;
}

/** Keys by their IDs: a key itself is derived when it is used, and is in no version. */
function shown({ document, keys }: IntegrationVersion): object {
  return {
    ...document,
    keys: [keys?.current, keys?.previous].flatMap((number) => (number === undefined ? [] : [keyIdOf(number)])),
  };
}

function changeText({ path, from, to }: SheetDifference): string {
  const value = (text: string | undefined): string => (text === undefined ? 'not set' : code(text));
  return `${code(path)}: ${value(from)} → ${value(to)}`;
}
