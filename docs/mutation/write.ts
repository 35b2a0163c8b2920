import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutationPage } from './page';
import { readReport } from './report';

/** Writes docs/mutation.md from the report of the last run. */
const root = join(__dirname, '..', '..');
const files = readReport(readFileSync(join(root, '.mutation', 'report.json'), 'utf8'));
writeFileSync(
  join(root, 'docs', 'mutation.md'),
  mutationPage(files.toSorted((left, right) => left.file.localeCompare(right.file))),
);
