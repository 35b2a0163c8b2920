import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readChangelog, releaseNotes } from '../../release/changelog';
import { node, root } from '../e2e/assembly';
import { closedEnvironment } from '../../prove/closed-environment';

const changelog = `# Changelog

About it.

## Unreleased

### Added

- Something to come.

## 0.10.0 - 2026-12-01

### Fixed

- A click is never lost. See \`## Limits\` of the README.

## 0.9.2 - 2026-11-23

- The first.
`;

test('each version is read with its date and its notes', () => {
  const { unreleased, entries } = readChangelog(changelog);

  expect(unreleased).toBe('### Added\n\n- Something to come.');
  expect(entries).toEqual([
    {
      version: '0.10.0',
      date: '2026-12-01',
      notes: '### Fixed\n\n- A click is never lost. See `## Limits` of the README.',
    },
    { version: '0.9.2', date: '2026-11-23', notes: '- The first.' },
  ]);
});

test.each([
  ['## 0.1.0 - 2026-11-23\n', 'The changelog does not begin with "## Unreleased".'],
  ['## Unreleased\n\n## [0.1.0]\n', 'The heading "[0.1.0]" of the changelog is not "1.2.3 - 2026-12-01".'],
  [
    '## Unreleased\n\n## 0.9.0 - 2026-11-23\n\n## 0.10.0 - 2026-11-22\n',
    'The changelog has 0.9.0 above 0.10.0, which is not older.',
  ],
  [
    '## Unreleased\n\n## 0.9.0 - 2026-11-23\n\n## 0.9.0 - 2026-11-22\n',
    'The changelog has 0.9.0 above 0.9.0, which is not older.',
  ],
])('a changelog that cannot be followed is rejected: %j', (markdown, sentence) => {
  expect(() => readChangelog(markdown)).toThrow(sentence);
});

test('a release is told by the section of its version', () => {
  expect(releaseNotes('v0.10.0', '0.10.0', readChangelog(changelog))).toMatch(/^### Fixed\n/);
});

test.each([
  ['v0.10.1', '0.10.0', changelog, 'The tag v0.10.1 is not v0.10.0, as package.json says'],
  ['0.10.0', '0.10.0', changelog, 'The tag 0.10.0 is not v0.10.0'],
  ['v0.11.0', '0.11.0', changelog, 'The newest version in CHANGELOG.md is 0.10.0, not 0.11.0'],
  ['v0.1.0', '0.1.0', '## Unreleased\n', 'The newest version in CHANGELOG.md is none, not 0.1.0'],
  ['v0.1.0', '0.1.0', '## Unreleased\n\n## 0.1.0 - 2026-11-23\n', 'CHANGELOG.md says nothing of 0.1.0.'],
])('%s of a package %s is no release where they do not agree', (tag, version, markdown, sentence) => {
  expect(() => releaseNotes(tag, version, readChangelog(markdown))).toThrow(sentence);
});

test('the changelog of this repository can be read, and has no version above that of the package', () => {
  const { entries } = readChangelog(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  expect([undefined, version]).toContain(entries[0]?.version);
});

test('the command ends with 1 and one sentence where a tag is no release', async () => {
  const run = promisify(execFile)(node, ['--import', 'tsx', 'release/notes.ts', 'v99.0.0'], {
    cwd: root,
    env: closedEnvironment(),
  });

  await expect(run).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^The tag .+\n$/) });
});
