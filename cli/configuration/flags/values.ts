import { usageFailure } from '../../../operator/failure';
import { asFields, type Content } from '../../../operator/documents/stored-document';

/** Collects the values of an option that may be given more than once. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Reads `paid=approved`. */
export function readPair(option: string, text: string): readonly [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name.trim(), value.trim()];
  throw usageFailure(`${option} takes a name, "=" and a value, not "${text}".`);
}

export function readPairs(option: string, texts: readonly string[]): Content {
  return Object.fromEntries(texts.map((text) => readPair(option, text)));
}

export function readNumber(option: string, text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw usageFailure(`${option} takes a number, not "${text}".`);
}

/** Reads `12.50 USD`. */
export function readMoneyFlag(option: string, text: string): Content {
  const [, amount, currency] = /^([\d.]+)\s*([A-Za-z]{3})$/.exec(text.trim()) ?? [];
  if (amount !== undefined && currency !== undefined) return { amount, currency };
  throw usageFailure(`${option} takes an amount and a currency such as "12.50 USD", not "${text}".`);
}

/** Returns the given fields and no others. */
export function given(fields: Content): Content {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Sets some fields within a field; omits the outer field where nothing is set. */
export function extended(name: string, base: Content, fields: Content): Content {
  return Object.keys(fields).length === 0 ? {} : { [name]: { ...asFields(base[name]), ...fields } };
}
