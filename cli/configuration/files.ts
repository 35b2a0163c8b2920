import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { Failure, messageOf, systemCodeOf, usageFailure } from '../../operator/failure';
import { kindOfFolder } from '../../operator/documents/kinds';
import { readText, type WrittenDocument } from './written-text';
import { isConfigurationFile, otherFile, type ConfigurationFile } from './written-configuration';

/** Reads a file that holds one document; `-` is standard input. */
export async function readDocumentFile(file: string): Promise<WrittenDocument> {
  const [name, text] = file === '-' ? ['standard input', await textOf(process.stdin)] : [file, readFile(file)];
  const { documents, problems } = readText(name, text);
  if (problems.length > 0) throw new Failure('usage', `${name} cannot be parsed.`, { details: problems });
  const [document, ...others] = documents;
  if (document === undefined || others.length > 0) {
    throw usageFailure(`${name} must hold one document, and holds ${documents.length}.`);
  }
  return document;
}

/** Reads the files of a configuration: a folder and its subfolders, or one file. */
export function readConfigurationFiles(path: string): readonly ConfigurationFile[] {
  if (!existing(path).isDirectory()) return [{ path: basename(path), text: readFile(path) }];
  return filesIn(path).map((name) => ({ path: name, text: readFile(join(path, name)) }));
}

/**
 * Lists configuration files in a folder by paths with `/`, sorted by name: those in the folder, those anywhere below the folders of
 * kinds, and those in linked folders. Skips hidden files.
 */
function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  return entries
    .flatMap((entry) => {
      if (!entry.isDirectory()) return [entry.name];
      const recursive = kindOfFolder(entry.name) !== undefined;
      return readdirSync(join(folder, entry.name), { recursive, encoding: 'utf8' }).map(
        (name) => `${entry.name}/${name.split(sep).join('/')}`,
      );
    })
    .filter((path) => isConfigurationFile(path) && !path.includes('/.'))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** Returns the files that an export may overwrite or remove, and no others. */
export function exportedFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return filesIn(folder).filter((path) => path === otherFile || kindOfFolder(dirname(path)) !== undefined);
}

export function writeConfigurationFiles(folder: string, files: readonly ConfigurationFile[]): void {
  for (const { path, text } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

export function removeFiles(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, name));
}

function existing(path: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Failure {
  const message =
    systemCodeOf(error) === 'ENOENT' ? `There is no ${path}.` : `${path} cannot be read: ${messageOf(error)}.`;
  return new Failure('usage', message, { cause: error });
}
