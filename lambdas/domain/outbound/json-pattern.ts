import { isNumber, parseMacros } from './macro';
import type { JsonBody } from '../configuration/outbound-postback';
import type { Evaluate } from './query-pattern';

/** A body of JSON, an object or a list, from its text; `undefined` where it is none. Macros outside of strings are numbers. */
export function parseJsonPattern(text: string): JsonBody | undefined {
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|\{([a-z][^{}"]*)\}/g, (whole, inner: string | undefined) =>
    inner === undefined ? whole : JSON.stringify(`{${inner}|number}`),
  );
  try {
    const value: unknown = JSON.parse(quoted);
    return isBody(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isBody(value: unknown): value is JsonBody {
  return typeof value === 'object' && value !== null;
}

/**
 * Writes a body of JSON with its macros filled in. A member whose text holds macros, and comes to nothing, is left away, and so is an object or
 * a list that has lost all that it held.
 */
export function fillJson(pattern: JsonBody, valueOf: Evaluate): string {
  return written(pattern, valueOf) ?? '{}';
}

function written(pattern: unknown, valueOf: Evaluate): string | undefined {
  if (typeof pattern === 'string') return writtenText(pattern, valueOf);
  if (typeof pattern !== 'object' || pattern === null) return JSON.stringify(pattern);
  if (Array.isArray(pattern)) {
    const items: readonly unknown[] = pattern;
    const kept = items.map((item) => written(item, valueOf)).filter((item) => item !== undefined);
    return kept.length === 0 && items.length > 0 ? undefined : `[${kept.join(',')}]`;
  }
  const members = Object.entries(pattern);
  const kept = members.flatMap(([name, value]) => {
    const text = written(value, valueOf);
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
  });
  return kept.length === 0 && members.length > 0 ? undefined : `{${kept.join(',')}}`;
}

function writtenText(text: string, valueOf: Evaluate): string | undefined {
  const { segments } = parseMacros(text);
  const macros = segments.filter((segment) => typeof segment !== 'string');
  const filled = segments.map((segment) => (typeof segment === 'string' ? segment : valueOf(segment))).join('');
  if (filled === '' && macros.length > 0) return undefined;
  const [only] = macros;
  // The digits stay as they are: a number of JSON has no size.
  if (segments.length === 1 && only !== undefined && isNumber(only) && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(filled))
    return filled;
  return JSON.stringify(filled.toWellFormed());
}
