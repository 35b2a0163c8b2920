import { join } from 'node:path';
import { templateOfStage } from '../../cost/synthesize';
import { writeBetweenMarkers } from '../../prove/report/document';
import { costTables } from './page';

/** Writes the tables of docs/cost.md anew from the model, the templates and cost/measured.json. */
async function write(): Promise<void> {
  const [dev, prod] = await Promise.all([templateOfStage('dev'), templateOfStage('prod')]);
  await writeBetweenMarkers(join(__dirname, '..', 'cost.md'), costTables({ dev, prod }));
}

void write();
