import { parameterMacro } from '../configuration/offer-macros';

/** Values for the macros of an offer's URL: `{clickid}`, `{campaign}`, `{offer}`, `{source}`, `{sub1}` to `{sub10}`, … */
export type MacroValues = Readonly<Record<string, string | undefined>>;

/** No header takes these as they are. */
const beyondAscii = /[^\u0021-\u007e]+/g;
const macro = /\{([a-z_]+\d{0,2}|param:[^{}]{1,64})\}/gi;

/**
 * The address that a visitor goes to: the offer's URL with its macros replaced and percent-encoded. An empty value becomes an empty string.
 * Values come from visitors; the origin comes from the configuration alone, since it may contain no macro.
 * @param parameters what `{param:NAME}` passes on, by names in lower case
 */
export function redirectTarget(
  offerUrl: string,
  values: MacroValues,
  parameters: ReadonlyMap<string, string> = new Map(),
): string {
  const replaced = offerUrl.replace(macro, (literal, name: string) => {
    const key = name.toLowerCase();
    const [, parameter] = parameterMacro.exec(key) ?? [];
    if (parameter !== undefined) return encodeValue(parameters.get(parameter) ?? '');
    return Object.hasOwn(values, key) ? encodeValue(values[key] ?? '') : literal;
  });
  return replaced.replace(beyondAscii, encodeValue);
}

/** Also encodes the five marks that encodeURIComponent leaves, and survives half a surrogate pair. */
function encodeValue(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
