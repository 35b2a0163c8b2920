import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { presets } from '../../lambdas/domain/presets';
import { indexPage, pageOf } from './page';

/** Writes docs/integrations anew from the presets. */
for (const preset of presets) writeFileSync(join(__dirname, `${preset.id}.md`), pageOf(preset));
writeFileSync(join(__dirname, 'README.md'), indexPage(presets));
