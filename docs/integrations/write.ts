import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { presets } from '../../lambdas/domain/presets';
import { integrationIndex, integrationPage } from './page';

/** Writes docs/integrations from the presets. */
for (const preset of presets) writeFileSync(join(__dirname, `${preset.id}.md`), integrationPage(preset));
writeFileSync(join(__dirname, 'README.md'), integrationIndex(presets));
