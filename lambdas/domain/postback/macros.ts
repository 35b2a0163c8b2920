import { decodePercent } from './percent-encoding';

/** The words that some systems put where a person is to write something: Voluum and BeMob, CAKE. */
const placeholderWords = new Set([
  'replace',
  'replace_me',
  'optional',
  'transaction_id',
  'click_id',
  'clickid',
  'subid',
  'payout',
  'amount',
]);
const upperCaseWords = /^[A-Z][A-Z_]+$/;

/** A token anywhere in a value, in the forms whose brackets no sane value has; a GUID in braces is a value. */
const embedded =
  /\{\{[^{}]{1,64}\}\}|\$\{[^{}]{1,64}\}|\{(?![\da-fA-F-]{36}\})[^{}"']{1,64}\}|%[A-Za-z_][A-Za-z_ ]{2,62}%|\[\[[^[\]]{1,64}\]\]/;

/** A token that is the whole value, in the forms that a value may well hold in part: `order[5]`, `a<b`. */
const whole =
  /^(?:#[A-Za-z_][\w .-]{0,62}#|\[[A-Za-z_][\w .-]{0,62}\]|<[A-Za-z_][\w .-]{0,62}>|\([A-Za-z_][\w-]{0,62}\)|!!!\w{1,62}!!!)$/;

/**
 * Finds a macro that the sender's system was to replace and did not, encoded or not.
 * @returns the literal as a person would write it, or `undefined`
 */
export function findUnreplacedMacro(value: string): string | undefined {
  for (const text of new Set([value, decodePercent(value), decodePercent(decodePercent(value))])) {
    const found = embedded.exec(text)?.[0] ?? whole.exec(text)?.[0];
    if (found !== undefined) return found;
    if (upperCaseWords.test(text) && placeholderWords.has(text.toLowerCase())) return text;
  }
  return undefined;
}
