import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageWithTables } from './tables';

/** Writes the tables of docs/configuration.md from the schema of a stage. */
const page = join(__dirname, '..', 'configuration.md');
writeFileSync(page, pageWithTables(readFileSync(page, 'utf8')));
