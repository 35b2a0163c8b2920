/** Foreign text within ours: it is shown as written and can be no markup. */
export function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
    .replaceAll('<', '&lt;');
}

/** A literal: a name, a value, a URL. */
export function code(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const blank = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${blank}${line}${blank}${fence}`;
}

export function codes(texts: readonly string[]): string {
  return texts.map(code).join(', ');
}

/** Lines to copy. */
export function block(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** Cells are Markdown already; a bar within a literal would end its cell. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function cell(text: string): string {
  return text.replace(/(?<!\\)\|/g, '\\|');
}

/** Parts of a section, without the empty ones. */
export function section(title: string, ...parts: readonly (string | undefined)[]): string {
  return [`## ${title}`, ...parts.filter((part) => part !== undefined && part !== '')].join('\n\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
