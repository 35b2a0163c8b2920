import { readFileSync, writeFileSync } from 'node:fs';

/** Puts a text between its two markers in a Markdown file. */
export function replaceBetweenMarkers(markdown: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const from = markdown.indexOf(begin);
  const to = markdown.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the document has no markers "${name}"`);
  return `${markdown.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${markdown.slice(to)}`;
}

/** Writes texts into a document, formatted as the repository formats it. */
export async function writeBetweenMarkers(file: string, texts: Readonly<Record<string, string>>): Promise<void> {
  const markdown = Object.entries(texts).reduce(
    (document, [name, text]) => replaceBetweenMarkers(document, name, text),
    readFileSync(file, 'utf8'),
  );
  await writeFormatted(file, markdown);
}

/** Writes a file as the repository formats it. A second command of an npm script would be handed the options of the first. */
export async function writeFormatted(file: string, text: string): Promise<void> {
  const { format, resolveConfig } = await import('prettier');
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
