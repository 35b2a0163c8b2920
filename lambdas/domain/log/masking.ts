import type { IsLogged } from './logged-parameters';
import { findUnreplacedMacro } from '../text/macros';
import { decodeComponent, decodePercent, trimInvisible } from '../text/percent-encoding';
import { possibleClickIds } from '../click/click-id-mentions';
import type { PostbackRequest } from '../text/postback-request';
import { replaceUnwrapped } from '../text/unwrapped';
import { mostIds, shownBody } from './shown-body';

/** Parameters whose values are secrets, here or in the systems that senders come from; each also as `x_token`, `x[token]` or `xToken`. */
const secretName =
  /(?:^|[^a-z0-9])(?:token|sig|signature|secret|api[_-]?key|access[_-]?key|auth|password|passwd|pwd|secure|hash|authorization)\W*$/i;
const secretHump = /[a-z\d](?:Token|Sig|Signature|Secret|ApiKey|AccessKey|Auth|Password|Hash|Authorization)\W*$/;
/** Parameters with personal data, which no verdict depends on. */
const personalName =
  /(?:^|[^a-z0-9])(?:phone|mobile|msisdn|first_?name|last_?name|full_?name|customer_?name|street|birth_?da(?:y|te)|dob|ssn|iban)\W*$/i;
const addressName = /(?:^|[^a-z0-9])(?:ip|ip_?addr(?:ess)?|ipv[46]|remote_addr)\W*$/i;

/** `name=value`, or a run of letters that may be an encoded one. */
const pair = /(?<![^=&?;\s])([^=&?;\s]+)(?:=([^&\n]*))?/g;
const encodedQuote = /(?<!%(?:25)*5c)%(?:25)*22/gi;
/** A string ends at a quote that JSON can continue after: templates write quotes within strings unescaped. */
const openString = String.raw`"(?:[^"\\]|\\(?:[^]|$)|"(?![\s+]*(?:[,\]}:&]|$)))*`;
const stringOf = `${openString}"?`;
/** A list or an object by its brackets, without those in its strings; deeper nested text belongs to it up to the end. */
const container = [1, 2, 3, 4].reduce(
  (nested) => String.raw`[[{](?:${stringOf}|\\+"|[^"\\[\]{}]|\\(?!\\*")|${nested})*[\]}]?`,
  String.raw`[[{][^]*`,
);
/** An object that begins with a member. */
const object = new RegExp(String.raw`(?=\{[\s+]*(?:\\*"(?:[^"\\]|\\+[^"\\])*\\*"[\s+]*:|\}|$))${container}`, 'g');
/**
 * `"name":value`, also in a JSON text within a JSON text, whose quotes are escaped, and with the blanks of a form. A value without
 * quotes, as templates write, reaches to the next member: it may hold blanks and commas. Last, a string of a list, which has no name.
 */
const member = new RegExp(
  String.raw`((?<!\\)\\*"((?:[^"\\]|\\+[^"\\])*)\\*"[\s+]*:[\s+]*)(${stringOf}|\\+"(?:[^"\\]|\\+[^"\\]|\\{3,}")*(?:\\"|"|$)|${container}|(?:[^,}\]\n]|,(?![\s+]*\\*"))+)|(?<=(?:^|[[,])[\s+]*)${openString}(?:"(?=[\s+]*(?:[,\]]|$))|$)`,
  'g',
);
/** Each part is bounded, as an address is: a long text that almost holds one must not be searched from each of its letters to its end. */
const mail =
  /[\p{L}\p{M}\p{N}_.!#$'*/^`{|}~-]{1,64}(?:\+[\p{L}\p{M}\p{N}_.-]{0,64}){0,4}[@＠](?:[\p{L}\p{M}\p{N}_-]{1,63}(?:\.[\p{L}\p{M}\p{N}_-]{1,63}){1,8}|[\p{L}\p{M}\p{N}_.-]{0,255}$)/gu;
/** Our own tokens and signing keys, which people paste into the strangest places. */
const ownKey = /(?<![a-z0-9])k\d{1,9}t[0-9a-f]{40}(?![a-z0-9])|whsec_[\w+/=-]{16,}/gi;
const ipv4 = /(?<![\d.])(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}(?![\d.])/g;

/** Possible JSON in base64, whole or cut: only a decoder sees the person that it names. */
const base64 = /(?<![\w+/-])ey[\w+/-]{14,}={0,2}/g;

const rawLimit = 4096;
/** Larger requests are rejected unread. */
const searchedLimit = 256 * 1024;
/** 32 letters, each encoded up to three times over. */
const longestWrittenId = 32 * 9;
/** A click ID was made on another machine, whose clock may be ahead. */
const clockDifferenceMilliseconds = 60_000;

/** Maximum depth of a search in queries within queries, and JSON within JSON; deeper nested text was nested to be hidden. */
const deepest = 12;

/** A text as it may be kept: secrets, addresses and what looks like an e-mail address are masked. */
export function maskText(text: string): string {
  return mask(text, anyParameter);
}

const anyParameter: IsLogged = () => true;

function mask(text: string, isLogged: IsLogged): string {
  const shown = maskLayer(text.toWellFormed(), isLogged, 1);
  const readable = replaceUnwrapped(shown, base64, /ey[\w+/-]{14}/, ([run = '']) => (isJson(run) ? '***' : run));
  return replaceUnwrapped(maskMailAndKeys(readable), ipv4, /\d\.\d/, ([, network = '']) => `${network}.0`);
}

function isJson(run: string): boolean {
  return /^\{\s*"/.test(Buffer.from(run, 'base64').toString('utf8'));
}

/** Masks a text whose outermost encoding is undone: JSON, a query, or both. Its content is undone one encoding at a time, as readers do. */
function maskLayer(text: string, isLogged: IsLogged, depth: number): string {
  return maskPairs(maskMembers(text, isLogged, depth), isLogged, depth);
}

function maskPairs(text: string, isLogged: IsLogged, depth: number): string {
  // `encodeURI` keeps the `&` in a JSON text: the rest of the string is still its value. A blank ends the text.
  let isWithinString = false;
  return text.replace(pair, (whole, name: string, value: string | undefined, at: number) => {
    if (/\s/.test(text.charAt(at - 1))) isWithinString = false;
    const isRemainder = isWithinString && (value === undefined || !isShown(name, isLogged));
    if ((whole.match(encodedQuote)?.length ?? 0) % 2 === 1) isWithinString = !isWithinString;
    if (isRemainder) return '***';
    const shownName = maskEncoded(name, isLogged, depth);
    if (value === undefined) return shownName;
    if (!isShown(name, isLogged) && !isEmptyOrMacro(name, value) && !isEmptyInString(name, value)) {
      return `${shownName}=***`;
    }
    if (!value.includes('=')) return `${shownName}=${maskEncoded(value, isLogged, depth)}`;
    return `${shownName}=${depth < deepest ? maskPairs(value, isLogged, depth + 1) : '***'}`;
  });
}

/** A name or value, by what it says once it is decoded. */
function maskEncoded(text: string, isLogged: IsLogged, depth: number): string {
  if (!text.includes('%')) return text;
  const plain = decodePercent(text);
  if (plain === text) return text;
  if (depth >= deepest) return '***';
  const masked = maskLayer(plain, isLogged, depth + 1);
  return masked === plain ? text : encodeURIComponent(masked.toWellFormed());
}

function maskMembers(text: string, isLogged: IsLogged, depth: number): string {
  if (!text.includes('"')) return text;
  return text.replace(member, (whole, head: string | undefined, name: string, value: string) => {
    if (head === undefined) return maskString(whole, '"', isLogged, depth);
    if (isHidden(name)) return `${head}"***"`;
    const [opening = ''] = /^\\*[[{"]/.exec(value) ?? [];
    if (!isLogged(plainName(name)) && !isEmptyOrMacro(name, value) && !holdsMembers(value)) return `${head}"***"`;
    if (opening === '') return whole;
    if (depth >= deepest) return /[:=]/.test(value) ? `${head}"***"` : whole;
    if (!opening.endsWith('"')) {
      return `${head}${opening}${maskMembers(value.slice(opening.length), isLogged, depth + 1)}`;
    }
    return `${head}${maskString(value, opening, isLogged, depth)}`;
  });
}

/** Whether a text consists of members only, which are examined one by one. Any other text is one value, judged by its name. */
function holdsMembers(value: string): boolean {
  const text = /^\\*"/.test(value) ? textOf(value) : value;
  return /^[\s,[\]]*$/.test(text.replace(object, ''));
}

function maskString(written: string, quote: string, isLogged: IsLogged, depth: number): string {
  const said = textOf(written);
  if (depth >= deepest) return /[:=%]/.test(said) ? '"***"' : written;
  const masked = maskLayer(said, isLogged, depth + 1);
  return masked === said ? written : `${quote}${JSON.stringify(masked).slice(1, -1)}${quote}`;
}

/**
 * Returns the text of a JSON string, also where it is cut, escaped once more, or no JSON: a text that no parser reads is a secret all the
 * same.
 */
function textOf(value: string): string {
  let text = value;
  while (text.startsWith('\\')) text = withoutEscapes(text);
  return withoutEscapes(text.replace(/^"|"$/g, '')).toWellFormed();
}

const withoutEscapes = (text: string): string =>
  text.replace(/\\(?:u([\da-f]{4})|u[\da-f]{0,3}$|([^])|$)/gi, (_, code?: string, letter = '') =>
    code === undefined ? (controls[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Whether the value of a parameter may be kept as it is. In JSON, the name of a pair begins where its string does. */
function isShown(name: string, isLogged: IsLogged): boolean {
  return !isHidden(name) && isLogged(plainName(name.replace(/^(?:[^]*[[{:,][\s+]*)?\\*"(?=[^"]*$)/, '')));
}

/** Whether a pair in a JSON string was masked before or says nothing: then what follows its string is not its value. */
function isEmptyInString(name: string, value: string): boolean {
  const text = /^([^"\\]*)\\*"[\s+]*(?:[,\]}]|$)/.exec(value)?.[1];
  return text === '***' || (text !== undefined && name.includes('"') && isEmptyOrMacro(name, text));
}

/** Empty, or an unreplaced macro: it holds no personal data, and the person who fixes the URL must see it. */
function isEmptyOrMacro(name: string, value: string): boolean {
  const text = value.replace(/^\\*"|\\*"$/g, '');
  const plain = decodeComponent(text);
  // A list of lists looks like a macro in double brackets.
  const macro = /^\[[^]*"/.test(plain) ? undefined : findUnreplacedMacro(text);
  return !isHidden(name) && (text === '' || macro === text || macro === plain);
}

function isHidden(name: string): boolean {
  const plain = plainName(name);
  return secretName.test(plain) || secretHump.test(plain) || personalName.test(plain) || addressName.test(plain);
}

/** A name counts as it will be read: decoded, however often it was encoded or escaped, and without the blanks around it. */
function plainName(name: string): string {
  if (!/[%\\+]/.test(name)) return trimInvisible(name);
  const unescaped = plainText(name).replace(/\\+u([\da-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return trimInvisible(unescaped);
}

const plainText = (text: string): string => decodeComponent(text.replace(/%(?:25)+/g, '%'));

/** Masks e-mail addresses and our own keys: for texts whose numbers are no addresses, such as a browser's version. */
export function maskMailAndKeys(text: string): string {
  const withoutKeys = replaceUnwrapped(text, ownKey, /k\d{1,9}t|whsec_/i, () => '***');
  return replaceUnwrapped(withoutKeys, mail, /[@＠]/, () => '***@***');
}

/**
 * Returns the part of a request that the log keeps: the query and, on a separate line, the body. Parameters that are not on the allowlist
 * keep only their names. Cut, by default after 4,096 characters; the click IDs of the rest are kept, since a person's rows are found by
 * them.
 */
export function maskedRaw(
  request: Pick<PostbackRequest, 'rawQuery' | 'body' | 'headers' | 'receivedAt'>,
  isLogged: IsLogged,
  limit = rawLimit,
): string {
  const { rawQuery, receivedAt } = request;
  const madeBefore = receivedAt + clockDifferenceMilliseconds;
  const body = shownBody(request, madeBefore);
  const text = body === '' ? rawQuery : `${rawQuery}\n${body}`;
  if (text.length <= limit) return mask(text, isLogged);
  // Cut first: no sender makes us search a long text for what to mask. An ID may lie across the cut.
  const ids = possibleClickIds(text.slice(limit - longestWrittenId, searchedLimit), madeBefore);
  return [mask(text.slice(0, limit), isLogged), ...ids.slice(0, mostIds), ''].join('…');
}
