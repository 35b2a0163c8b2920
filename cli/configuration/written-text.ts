import { isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments, visit, type Document, type Node } from 'yaml';

/** One document of a file, before validation. */
export interface WrittenDocument {
  readonly value: unknown;
  /**
   * Returns the place of a field by its path in the document (`offers.0.url`): `spring.yaml:7:10`. For a missing field it is the place of
   * the parent.
   */
  placeOf(path: string): string;
}

export interface TextReading {
  readonly documents: readonly WrittenDocument[];
  /** The errors of the text, each with its place. */
  readonly problems: readonly string[];
}

/** Reads YAML, or JSON, which is YAML: one document, or several between lines of `---`. */
export function readText(file: string, text: string): TextReading {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const documents = 'empty' in parsed ? [] : parsed.filter(({ contents }) => contents !== null);
  const problems = documents.flatMap((document) => [
    // Later errors follow from the first.
    ...document.errors.slice(0, 1).map(({ pos, message }) => `${placeAt(pos[0])} ${message}`),
    ...inexactNumbers(document).map(
      (node) => `${placeAt(startOf(node))} ${node.source} has more digits than a number keeps: put it in quotes`,
    ),
  ]);
  if (problems.length > 0) return { documents: [], problems };
  return {
    documents: documents.map((document) => ({
      value: document.toJS() as unknown,
      placeOf: (path) => placeAt(startOf(nodeAt(document.contents, path) ?? document.contents)),
    })),
    problems: [],
  };
}

/** Finds numbers that a double would change silently, such as a long amount. */
function inexactNumbers(document: Document): readonly { readonly source: string; readonly range?: Node['range'] }[] {
  const found: { source: string; range?: Node['range'] }[] = [];
  visit(document, {
    Scalar(_key, { value, source = '', range }) {
      const digits = digitsOf(source);
      if (typeof value !== 'number' || digits === undefined || digits === digitsOf(String(value))) return;
      found.push({ source, ...(range !== undefined && { range }) });
    },
  });
  return found;
}

/** Returns the significant digits of a decimal; `undefined` for other notations. */
function digitsOf(text: string): string | undefined {
  const [, mantissa] = /^[-+]?(\d*\.?\d*)(?:e[-+]?\d+)?$/i.exec(text) ?? [];
  return mantissa?.replace('.', '').replace(/^0+|0+$/g, '');
}

function startOf(node: { readonly range?: Node['range'] } | null): number {
  return node?.range?.[0] ?? 0;
}

/** Finds the node at a path, or its innermost existing parent. A key may contain the dot that separates segments. */
function nodeAt(node: unknown, path: string): Node | undefined {
  if (!isNode(node)) return undefined;
  if (path === '') return node;
  if (isSeq(node)) {
    const [first = '', ...rest] = path.split('.');
    return nodeAt(node.items[Number(first)], rest.join('.')) ?? node;
  }
  if (!isMap(node)) return node;
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (path === name) return isNode(value) && value.range ? value : isNode(key) ? key : node;
    if (path.startsWith(`${name}.`)) return nodeAt(value, path.slice(name.length + 1)) ?? node;
  }
  return node;
}
