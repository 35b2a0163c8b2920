import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../local/json';

/** Runs something that reads a template from a file; the file is gone afterwards. */
export async function withTemplateFile<Result>(
  template: JsonObject,
  read: (path: string, folder: string) => Result | Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'template-'));
  const path = join(folder, 'stack.template.json');
  writeFileSync(path, JSON.stringify(template));
  try {
    return await read(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
