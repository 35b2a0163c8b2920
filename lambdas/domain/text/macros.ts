import { plainValue } from './percent-encoding';

/** The words that systems and their guides put, in capitals, where a person is to write something. */
const placeholderWords = new Set(
  (
    'replace replace_me optional transaction_id transactionid txid click_id clickid sub_id subid aff_sub order_id orderid order_number ' +
    'invoice_id payout amount order_amount sale_amount order_total total revenue price currency goal_id event_name'
  ).split(' '),
);
const upperCaseWords = /^[A-Z][A-Z_]+$/;

/** Words around such a word: `YOUR_ORDER_ID`, `insert-order-id-here`. */
const advised = /^(?:(?:insert|your|enter|put|put_your|insert_your|enter_your|add_your)_)?(.+?)(?:(?:_goes)?_here)?$/;

/** Whether a value is the name of a field instead of its content: `order_id` instead of an order number. */
export function isNameOfField(value: string): boolean {
  return placeholderWords.has(
    value
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
}

function isAdvice(text: string): boolean {
  if (text.length > 64 || !/^[a-z][a-z_ -]+$/i.test(text)) return false;
  const word = text.toLowerCase().replace(/[ -]+/g, '_');
  const named = advised.exec(word)?.[1] ?? word;
  return named !== word && placeholderWords.has(named);
}

/** A token anywhere in a value, in the forms whose brackets no sane value has; a GUID in braces is a value. */
const embedded =
  /\{\{[^{}]{1,64}\}\}|\$\{[^{}]{1,64}\}|\{(?![\da-fA-F-]{36}\})[^{}"']{1,64}\}|%[A-Za-z_][A-Za-z_ ]{2,62}%|\[\[[^[\]]{1,64}\]\]|\*\|\w{1,62}\|\*|<%=?[^<>%]{1,62}%>|<\?(?:=|php )[^<>?]{1,62}\?>|(?<![A-Za-z\d_])__[A-Z][A-Z\d_]{0,60}__(?![A-Za-z\d_])/;

/** A token that is the whole value, in the forms that a value may well hold in part: `order[5]`, `a<b`. */
const whole =
  /^(?:#{1,2}[A-Za-z_][\w .-]{0,62}#{1,2}|\[[A-Za-z_][\w .-]{0,62}\]|<[A-Za-z_][\w .-]{0,62}>|\({1,2}[A-Za-z_][\w-]{0,62}\){1,2}|\|{1,2}[A-Za-z_]\w{0,62}\|{1,2}|@[A-Za-z_]+_[A-Za-z_]{1,62}@|=[A-Za-z_]\w{1,62}=|%(?:\d\$)?[sd]|\[!\w{1,62}!\]|&lt;[A-Za-z_][\w .-]{0,62}&gt;|!{2,3}\w{1,62}!{2,3}|__(?!proto__)[A-Za-z]\w{0,60}__|\$[A-Za-z_][\w.]{0,62}|[A-Za-z_]\w{1,62}\(\s{0,4}\))$/;

/** Letters without which no token in brackets is one. */
const mark = /[{%[*<#(!$|&=@]|__/;

/**
 * Finds a macro that the sender's system was to replace and did not, encoded or not.
 * @returns the literal as a person would write it, or `undefined`
 */
export function findUnreplacedMacro(value: string): string | undefined {
  if (value === '' || (!mark.test(value) && !upperCaseWords.test(value) && !isAdvice(value))) return undefined;
  for (const text of new Set([value, plainValue(value)])) {
    const found = embedded.exec(text)?.[0] ?? whole.exec(text)?.[0];
    if (found !== undefined) return found;
    if ((upperCaseWords.test(text) && placeholderWords.has(text.toLowerCase())) || isAdvice(text)) return text;
  }
  return undefined;
}

/** Texts that programs write for a missing value. */
const nothings = new Set(['null', 'undefined', 'none', 'nil', 'n/a', '#n/a', 'not set', 'nan', '-', '--', '\\n']);

/** Texts that systems write for a missing order number. */
const numberless = /^(?:[0-]+|false|unknown|empty|blank|missing|unset|not[ _]set|not[ _]available|na)$/;

/** Whether a transaction ID says that there is none. */
export function isNoTransaction(value: string): boolean {
  return numberless.test(plainValue(value).toLowerCase());
}

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
