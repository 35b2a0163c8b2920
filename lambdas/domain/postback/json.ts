import type { Parameter } from './parameters';
import { trimInvisible } from './percent-encoding';

/** Deeper than any network nests, and shallow enough that no body exhausts the stack. */
const maximumDepth = 8;

/** Parses JSON with each number as the letters it was written in: 0.1 stays 0.1, and 1e3 is seen as what it is. */
export function parseKeepingNumbers(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value,
  );
}

/**
 * The parameters in a JSON value. Objects within objects become dotted names (`event.amount`), and so does an object that was sent as a
 * JSON text within, as AppsFlyer does. `null` is nothing sent.
 */
export function flattenJson(value: unknown, name: string, depth = 0): readonly Parameter[] {
  if (value === null || value === undefined || depth > maximumDepth) return [];
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) =>
      flattenJson(inner, name === '' ? key : `${name}.${key}`, depth + 1),
    );
  }
  // Half a surrogate pair can be escaped in JSON; no key and no store takes it.
  const text = trimInvisible(typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
  const parameter: Parameter = { name: trimInvisible(name).toWellFormed(), value: text, origin: 'json' };
  return [parameter, ...flattenJsonText(parameter, depth + 1)];
}

/** The parameters in a value that holds a JSON object as text, as Awin's form does; none where it only looks like one, as a macro. */
export function flattenJsonText({ name, value }: Parameter, depth = 0): readonly Parameter[] {
  if (!value.startsWith('{') || !value.includes(':')) return [];
  try {
    return flattenJson(parseKeepingNumbers(value), name, depth);
  } catch {
    return [];
  }
}
