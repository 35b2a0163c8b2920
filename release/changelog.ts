/** A released version as the changelog describes it. */
export interface Entry {
  readonly version: string;
  /** `2026-12-01` */
  readonly date: string;
  /** What is written below its heading. */
  readonly notes: string;
}

/** The changelog, newest version first. */
export interface Changelog {
  /** What the next version will have. */
  readonly unreleased: string;
  readonly entries: readonly Entry[];
}

/**
 * Reads a changelog in the manner of Keep a Changelog: `## Unreleased`, then `## 1.2.3 - 2026-12-01` for each version. Throws a sentence
 * where a heading is neither, or where versions do not go down.
 */
export function readChangelog(markdown: string): Changelog {
  const [, ...sections] = markdown.split(/^## /m);
  const [first, ...released] = sections.map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    return { heading: heading.trim(), notes: lines.join('\n').trim() };
  });
  if (first?.heading !== 'Unreleased') throw new Error('The changelog does not begin with "## Unreleased".');
  const entries = released.map(({ heading, notes }) => {
    const [, version = '', date = ''] = /^(\d+\.\d+\.\d+) - (\d{4}-\d{2}-\d{2})$/.exec(heading) ?? [];
    if (version === '') throw new Error(`The heading "${heading}" of the changelog is not "1.2.3 - 2026-12-01".`);
    return { version, date, notes };
  });
  entries.forEach(({ version }, at) => {
    const newer = entries[at - 1]?.version;
    if (newer !== undefined && !isNewer(newer, version)) {
      throw new Error(`The changelog has ${newer} above ${version}, which is not older.`);
    }
  });
  return { unreleased: first.notes, entries };
}

function isNewer(one: string, other: string): boolean {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  const at = left?.findIndex((part, index) => part !== right?.[index]) ?? -1;
  return at >= 0 && (left?.[at] ?? 0) > (right?.[at] ?? 0);
}

/** The notes of a release. Throws a sentence where tag, package and changelog do not name the same version, or nothing is said of it. */
export function releaseNotes(tag: string, packageVersion: string, { entries }: Changelog): string {
  const [newest] = entries;
  const version = tag.replace(/^v/, '');
  if (tag !== `v${packageVersion}`) {
    throw new Error(
      `The tag ${tag} is not v${packageVersion}, as package.json says: tag the commit that sets its version.`,
    );
  }
  if (newest?.version !== version) {
    throw new Error(
      `The newest version in CHANGELOG.md is ${newest?.version ?? 'none'}, not ${version}: put what is unreleased under "## ${version} - <date>".`,
    );
  }
  if (newest.notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return newest.notes;
}
