import { parseMacros, type Macro, type Segments } from './macro';

export type Evaluate = (macro: Macro) => string;

/** Percent-encodes a value, also the five marks that encodeURIComponent leaves; half a surrogate pair is replaced. */
export function encodeValue(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Fills in a query or a form. A pair whose value holds macros, and comes to nothing, is left away with its name. */
export function fillPairs(text: string, valueOf: Evaluate): string {
  return pairsOf(text)
    .flatMap((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? ['', pair] : [pair.slice(0, equals + 1), pair.slice(equals + 1)];
      const { segments } = parseMacros(value);
      const filled = fill(segments, valueOf);
      const isLeftAway = filled === '' && segments.some((segment) => typeof segment !== 'string');
      return isLeftAway ? [] : [name + filled];
    })
    .join('&');
}

/** An ampersand within a macro's braces parts no pairs. */
function pairsOf(text: string): readonly string[] {
  return text.match(/(?:\{[^{}]*\}|[^&])+/g) ?? [];
}

/** Fills in the path of a URL: an empty value stays empty there. */
export function fillPath(text: string, valueOf: Evaluate): string {
  return fill(parseMacros(text).segments, valueOf);
}

function fill(segments: Segments, valueOf: Evaluate): string {
  return segments.map((segment) => (typeof segment === 'string' ? segment : valueOf(segment))).join('');
}
