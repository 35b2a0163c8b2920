import { join } from 'node:path';
import { writeBetweenMarkers } from '../../prove/report/document';
import { reviewTables } from './page';
import { reviewedStack } from './stack';

/** Writes the tables of docs/review.md from the template of prod. */
void writeBetweenMarkers(join(__dirname, '..', 'review.md'), reviewTables(reviewedStack()));
