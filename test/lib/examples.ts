import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { repository } from './synthesized';

/** A stage that docs/configuration.md shows, under the bold words before it. */
export interface Example {
  readonly title: string;
  readonly stage: string;
  readonly stages: Record<string, unknown>;
}

const page = readFileSync(path.join(repository, 'docs', 'configuration.md'), 'utf8');

/** Every block of the page that has stages in it: what is shown there is what is tested. */
export const examples: readonly Example[] = [
  ...page.matchAll(/\*\*([^*]+)\.\*\*(?:(?!```).)*```json\n([^`]*)```/gs),
].flatMap(([, title = '', json = '']) => {
  const { stages }: { readonly stages: Record<string, unknown> } = JSON.parse(json);
  return Object.keys(stages).map((stage) => ({ title, stage, stages }));
});

/** The example of that title. */
export function exampleOf(title: string): Example {
  const found = examples.find((one) => one.title === title);
  if (!found) throw new Error(`docs/configuration.md has no example "${title}"`);
  return found;
}
