import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from '../../cli/program';
import { commandPage } from './page';

/** Writes docs/cli.md from the commands that are registered, or the file that is named. */
writeFileSync(process.argv[2] ?? join(__dirname, '..', 'cli.md'), commandPage(buildProgram()));
