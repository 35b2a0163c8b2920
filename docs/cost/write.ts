import { join } from 'node:path';
import { templateOfStage } from '../../cost/synthesize';
import { writeBetweenMarkers } from '../../prove/report/document';
import { costTables } from './page';
import { costSentences } from './sentences';

const root = join(__dirname, '..', '..');

/** Writes the tables of docs/cost.md, and what other pages say of costs, from the model, the templates and cost/measured.json. */
async function write(): Promise<void> {
  const [dev, prod] = await Promise.all([templateOfStage('dev'), templateOfStage('prod')]);
  await writeBetweenMarkers(join(__dirname, '..', 'cost.md'), costTables({ dev, prod }));
  for (const [page, sentences] of Object.entries(costSentences(prod)))
    await writeBetweenMarkers(join(root, page), sentences);
}

void write();
