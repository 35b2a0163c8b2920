import type { SourceTemplate } from '../template';
import { propellerads } from './propellerads';

/** Every template. A new one is a file of its own, a line here, and its golden case. */
export const sourceTemplates: readonly SourceTemplate[] = [propellerads];

export const sourceTemplateIds: readonly string[] = sourceTemplates.map(({ id }) => id);

export function templateOf(id: string | undefined): SourceTemplate | undefined {
  return sourceTemplates.find((template) => template.id === id);
}
