import { nameLength, type ReadingBudget } from './budget';
import type { Parameter } from './query';
import { trimInvisible } from './percent-encoding';

/** Whether a body begins as a multipart body does, whatever its type says. */
export function isMultipart(text: string): boolean {
  return /^--\S{1,200}\r?\ncontent-disposition:/i.test(text);
}

/**
 * The text parts of a multipart body, as PHP's curl sends an array. Files are passed over: no parameter is one.
 * @param contentType as sent, or undefined: the first line of the body says its boundary as well
 * @returns `undefined` where the body is not made of such parts
 */
export function readMultipart(
  text: string,
  contentType: string | undefined,
  budget: ReadingBudget,
): readonly Parameter[] | undefined {
  const boundary = boundaryOf(text, contentType);
  if (boundary === undefined) return undefined;
  const parameters: Parameter[] = [];
  let at = text.indexOf(boundary);
  if (at < 0) return undefined;
  while (at >= 0) {
    const start = at + boundary.length;
    const end = text.indexOf(boundary, start);
    if (end < 0 || text.startsWith('--', start)) break;
    const part = readPart(text.slice(start, end));
    budget.work(end - start);
    if (part !== undefined) {
      budget.pair();
      parameters.push({ ...part, origin: 'form' });
    }
    at = end;
  }
  return parameters.length > 0 ? parameters : undefined;
}

function boundaryOf(text: string, contentType: string | undefined): string | undefined {
  const named = /\bboundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType ?? '');
  const boundary = named?.[1] ?? named?.[2];
  if (boundary !== undefined && text.includes(`--${boundary}`)) return `--${boundary}`;
  return /^--[^\s]{1,200}(?=\r?\n)/.exec(text)?.[0];
}

function readPart(part: string): Pick<Parameter, 'name' | 'value'> | undefined {
  const head = /^\r?\n((?:[^\r\n]{1,1000}\r?\n){1,20})\r?\n/.exec(part);
  if (head === null) return undefined;
  const headers = head[1] ?? '';
  const disposition = /^content-disposition:\s*form-data;([^\r\n]*)/im.exec(headers)?.[1];
  const name = /(?:^|[;\s])name=(?:"([^"]*)"|([^\s;"]+))/i.exec(disposition ?? '');
  if (disposition === undefined || name === null) return undefined;
  // JSON that a program attached as a blob is a value; any other file is none.
  const isFile = /(?:^|[;\s])filename\*?=/i.test(disposition) && !/^content-type:\s*application\/json/im.test(headers);
  if (isFile) return undefined;
  const value = part.slice(head[0].length).replace(/\r?\n$/, '');
  return { name: trimInvisible((name[1] ?? name[2] ?? '').slice(0, nameLength)), value: trimInvisible(value) };
}
