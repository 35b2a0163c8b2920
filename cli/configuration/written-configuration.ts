import { posix } from 'node:path';
import { stringify } from 'yaml';
import type { DocumentKind } from '../../lambdas/domain/configuration/document';
import { asFields, type Content } from '../../operator/documents/stored-document';
import { idProblem, placed, placedWarning, readContent } from './check-document';
import { collectionOf, kindOfFolder, kindsInOrder } from '../../operator/documents/kinds';
import { readText, type WrittenDocument } from './written-text';
import type { WantedDocument } from '../../operator/documents/plan';

/** A file of a configuration, by its path in the folder with `/` as separator, and its text. */
export interface ConfigurationFile {
  readonly path: string;
  readonly text: string;
}

export interface ConfigurationReading {
  readonly documents: readonly WantedDocument[];
  /** The problems of all files, each with its place. */
  readonly problems: readonly string[];
  /** Warnings, each with its place. */
  readonly warnings: readonly string[];
}

export const isConfigurationFile = (name: string): boolean => /\.(?:ya?ml|json)$/i.test(name);

const folders = kindsInOrder.map((kind) => `${collectionOf[kind]}/`).join(', ');

/**
 * Reads a configuration. `campaigns/spring.yaml` holds the campaign `spring`; a file outside the folders of kinds holds any number of
 * documents, each with its `kind` and `id`.
 */
export function readWrittenConfiguration(files: readonly ConfigurationFile[]): ConfigurationReading {
  const readings = files.map(readFile);
  const documents = readings.flatMap((reading) => reading.documents);
  const problems = readings.flatMap((reading) => reading.problems);
  const places = new Map<string, string>();
  for (const { kind, id, placeOf } of documents) {
    const [name, place] = [`${kind} ${id}`, placeOf('')];
    const first = places.get(name);
    if (first !== undefined) problems.push(`${place} the ${name} is also in ${first}`);
    else places.set(name, place);
  }
  return { documents, problems, warnings: readings.flatMap((reading) => reading.warnings) };
}

function readFile({ path, text }: ConfigurationFile): ConfigurationReading {
  const folder = posix.dirname(path);
  const kind = kindOfFolder(folder);
  if (folder !== '.' && kind === undefined) {
    return wrong([`${path} lies in a folder that means nothing here: there are ${folders}`]);
  }
  const { documents: written, problems } = readText(path, text);
  if (problems.length > 0) return wrong(problems);
  if (kind === undefined) return merged(written.map((document) => readNamed(document)));
  const [only, second] = written;
  if (only === undefined) return wrong([`${path} is empty`]);
  if (second !== undefined) {
    const problem = 'is a second document: put files of many documents beside the folders, each with its kind and id';
    return wrong([`${second.placeOf('')} ${problem}`]);
  }
  return readOne(only, kind, posix.parse(path).name);
}

/** Reads a document that states its kind and ID. */
function readNamed(written: WrittenDocument): ConfigurationReading {
  const { kind: named, id, ...content } = asFields(written.value) ?? {};
  const kind = kindsInOrder.find((one) => one === named);
  const problems = [
    ...(kind === undefined ? [{ path: 'kind', problem: `must be one of ${kindsInOrder.join(', ')}` }] : []),
    ...(typeof id === 'string' ? [] : [{ path: 'id', problem: 'must be given, as text' }]),
  ];
  if (kind === undefined || typeof id !== 'string') {
    return wrong(problems.map((problem) => placed(problem, written)));
  }
  return readOne({ ...written, value: content }, kind, id);
}

function readOne(written: WrittenDocument, kind: DocumentKind, id: string): ConfigurationReading {
  const reading = readContent(kind, written.value);
  const wrongId = idProblem(id);
  const otherId = asFields(written.value)?.['id'];
  const problems = [
    ...(wrongId === undefined ? [] : [{ path: '', problem: `the ID ${id} ${wrongId}` }]),
    ...(otherId === undefined || otherId === id
      ? []
      : [{ path: 'id', problem: `must be absent or ${id}, as the file is named` }]),
    ...(reading.ok ? [] : reading.problems),
  ];
  if (!reading.ok || problems.length > 0) {
    return wrong(problems.map((problem) => placed(problem, written)));
  }
  return {
    documents: [{ kind, id, content: reading.content, placeOf: written.placeOf }],
    problems: [],
    warnings: reading.warnings.map((warning) => placedWarning(warning, written)),
  };
}

function wrong(problems: readonly string[]): ConfigurationReading {
  return { documents: [], problems, warnings: [] };
}

function merged(readings: readonly ConfigurationReading[]): ConfigurationReading {
  return {
    documents: readings.flatMap(({ documents }) => documents),
    problems: readings.flatMap(({ problems }) => problems),
    warnings: readings.flatMap(({ warnings }) => warnings),
  };
}

/** The file of documents whose IDs cannot be file names. */
export const otherFile = 'other.yaml';

/** Writes documents as files that `readConfiguration` reads back. */
export function writeConfiguration(
  documents: readonly Pick<WantedDocument, 'kind' | 'id' | 'content'>[],
): readonly ConfigurationFile[] {
  const names = new Set<string>();
  const files: ConfigurationFile[] = [];
  const others: string[] = [];
  for (const { kind, id, content } of documents) {
    const path = `${collectionOf[kind]}/${id}.yaml`;
    if (reservedOnWindows.test(id) || names.has(path.toLowerCase())) {
      others.push(yamlOf({ kind, id, ...content }));
      continue;
    }
    names.add(path.toLowerCase());
    files.push({ path, text: yamlOf(content) });
  }
  return others.length === 0 ? files : [...files, { path: otherFile, text: others.join('---\n') }];
}

/** IDs that Windows reserves, and IDs that differ only by case, go into the other file. */
const reservedOnWindows = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

export function yamlOf(content: Content): string {
  return stringify(content, { lineWidth: 0 });
}
