import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceTemplates } from '../../lambdas/domain/outbound/sources';
import { indexPage, pageOf } from './page';

/** Writes docs/sources anew from the templates. */
for (const template of sourceTemplates) writeFileSync(join(__dirname, `${template.id}.md`), pageOf(template));
writeFileSync(join(__dirname, 'README.md'), indexPage(sourceTemplates));
