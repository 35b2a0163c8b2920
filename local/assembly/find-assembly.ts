import type { DataFolder } from '../data-folder/open';
import type { StackOptions } from '../options';
import type { Terminal } from '../terminal';
import { type Assembly, readAssembly } from './read-assembly';
import { synthesize } from './synthesize';

const announceAfterMilliseconds = 700;

/** Finds or synthesizes the assembly to run, with a phrase that names its origin. */
export async function findAssembly(
  options: StackOptions,
  data: DataFolder,
  terminal: Terminal,
): Promise<{ assembly: Assembly; detail: string }> {
  if (options.assembly !== undefined) {
    const assembly = readAssembly(options.assembly);
    return { assembly, detail: `${assembly.stackName}, from ${options.assembly}` };
  }
  const announce = setTimeout(
    () => terminal.line('  synthesizing and bundling; a later start takes this from the data folder …'),
    announceAfterMilliseconds,
  );
  try {
    const { directory, ran } = await synthesize(data, options.stage);
    const assembly = readAssembly(directory);
    return { assembly, detail: `${assembly.stackName}, ${ran ? 'synthesized' : 'unchanged since the last synth'}` };
  } finally {
    clearTimeout(announce);
  }
}
