import { plainValue } from './percent-encoding';

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
  /\{\{[^{}]{1,64}\}\}|\$\{[^{}]{1,64}\}|\{(?![\da-fA-F-]{36}\})[^{}"']{1,64}\}|%[A-Za-z_][A-Za-z_ ]{2,62}%|\[\[[^[\]]{1,64}\]\]|\*\|\w{1,62}\|\*|<%=?[^<>%]{1,62}%>|(?<![A-Za-z\d_])__[A-Z][A-Z\d_]{0,60}__(?![A-Za-z\d_])/;

/** A token that is the whole value, in the forms that a value may well hold in part: `order[5]`, `a<b`. */
const whole =
  /^(?:#[A-Za-z_][\w .-]{0,62}#|\[[A-Za-z_][\w .-]{0,62}\]|<[A-Za-z_][\w .-]{0,62}>|\([A-Za-z_][\w-]{0,62}\)|!!!\w{1,62}!!!|__(?!proto__)[A-Za-z]\w{0,60}__|\$[A-Za-z_][\w.]{0,62}|[A-Za-z_]\w{1,62}\(\s{0,4}\))$/;

/** Letters without which no token in brackets is one. */
const mark = /[{%[*<#(!$]|__/;

/**
 * Finds a macro that the sender's system was to replace and did not, encoded or not.
 * @returns the literal as a person would write it, or `undefined`
 */
export function findUnreplacedMacro(value: string): string | undefined {
  if (value === '' || (!mark.test(value) && !upperCaseWords.test(value))) return undefined;
  for (const text of new Set([value, plainValue(value)])) {
    const found = embedded.exec(text)?.[0] ?? whole.exec(text)?.[0];
    if (found !== undefined) return found;
    if (upperCaseWords.test(text) && placeholderWords.has(text.toLowerCase())) return text;
  }
  return undefined;
}

/** What programs write where they have nothing to write. */
const nothings = new Set(['null', 'undefined', 'none', 'nil', 'n/a', '#n/a', 'not set', 'nan', '-', '--', '\\n']);

/**
 * Whether a value says that there is none: `null`, `(null)`, `"undefined"`, `N/A`, an empty list. An amount is asked otherwise: `NaN`, `-` and
 * `[]` are mistakes where money is meant.
 */
export function isPlaceholder(value: string, isAmount = false): boolean {
  const plain = plainValue(value);
  if (plain.length > 20) return false;
  const word = (/^(?:"([^"]*)"|'([^']*)'|\(([^()]*)\)|<([^<>]*)>|\[([a-z /]*)\]|\{([a-z /]*)\})$/i.exec(plain) ?? [])
    .slice(1)
    .find((inner) => inner !== undefined);
  const bare = (word ?? plain).trim().toLowerCase();
  if (isAmount) return bare === '' ? !/^[[{]/.test(plain) : amountNothings.has(bare);
  return bare === '' || nothings.has(bare);
}

const amountNothings = new Set(['null', 'undefined', 'none', 'nil', 'n/a']);
