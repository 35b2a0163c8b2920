import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { readChangelog, releaseNotes } from './changelog';

const file = (name: string): string => readFileSync(join(__dirname, '..', name), 'utf8');

/** `npm run release:notes -- v1.2.3` prints what the changelog says of that version, or one sentence of why it is no release. */
try {
  const { version } = v.parse(
    v.pipe(v.string(), v.parseJson(), v.object({ version: v.string() })),
    file('package.json'),
  );
  const notes = releaseNotes(process.argv[2] ?? '', version, readChangelog(file('CHANGELOG.md')));
  process.stdout.write(`${notes}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
