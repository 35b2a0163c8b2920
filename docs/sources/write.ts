import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceTemplates } from '../../lambdas/domain/outbound/sources';
import { sourceIndex, sourcePage } from './page';

/** Writes docs/sources from the templates. */
for (const template of sourceTemplates) writeFileSync(join(__dirname, `${template.id}.md`), sourcePage(template));
writeFileSync(join(__dirname, 'README.md'), sourceIndex(sourceTemplates));
