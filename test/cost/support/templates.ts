import { readAssembly } from '../../../local/assembly/read-assembly';
import { synthesized } from '../../e2e/assembly';

export const templateOf = async (stage: 'dev' | 'prod'): Promise<unknown> =>
  readAssembly(await synthesized(stage)).template;

/** A template of these resources, each by its logical ID. */
export const templateWith = (resources: Readonly<Record<string, { Type: string; Properties?: object }>>): unknown => ({
  Resources: resources,
});
