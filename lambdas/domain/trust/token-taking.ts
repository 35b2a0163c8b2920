import { isUtf8 } from 'node:buffer';
import { decodeComponent, decodePercent, trimInvisible } from '../text/percent-encoding';
import { maximumBodyBytes, type PostbackRequest } from '../text/postback-request';

/** The kind of a request: the body of a batch is data, and holds no token. */
export type RequestKind = 'postback' | 'batch';

/** A request without its tokens. */
export interface TokenReading {
  /** Every token that the request carries, in its query and body; the Authorization header is not among them. */
  readonly tokens: readonly string[];
  readonly rawQuery: string;
  /** A form without its token; every other body as sent, since cutting JSON would change how its numbers are written. */
  readonly body: Uint8Array;
}

/** Finds the tokens in the query and in the body, and takes them out of the text. */
export function takeTokens(request: PostbackRequest, kind: RequestKind): TokenReading {
  const query = takeFromPairs(request.rawQuery);
  const body = kind === 'batch' ? { tokens: [], body: request.body } : takeFromBody(request.body);
  return { tokens: [...query.tokens, ...body.tokens], rawQuery: query.rest, body: body.body };
}

/** Whether a query holds anything but tokens, which a reader might take for a parameter. */
export function holdsParameters(rawQuery: string): boolean {
  const { rest } = takeFromPairs(rawQuery);
  return trimInvisible(rest.replaceAll(/&(?:amp;)+/gi, '&').replaceAll(/[&?]/g, ' ')) !== '';
}

/** Longer texts are no query that was encoded as a whole, and a longer name or value is no token: decoding them would only cost time. */
const longestEncoded = 16_384;
const longestName = 32;
const longestToken = 512;

interface Cut {
  readonly tokens: readonly string[];
  readonly rest: string;
}

/**
 * Cuts `token=…` out of a raw query or form, and leaves every other letter as sent. Senders append "?a=b" to a URL that has a query, write
 * "&amp;" for "&", or encode the whole query once too often: the token is found there as well, and the reader repairs the rest.
 */
function takeFromPairs(raw: string): Cut {
  if (!/token|%/i.test(raw)) return { tokens: [], rest: raw };
  if (raw.length <= longestEncoded && !raw.includes('=') && /%3D/i.test(raw)) {
    const { tokens, rest } = takeFromPairs(decodePercent(raw));
    return tokens.length === 0 ? { tokens, rest: raw } : { tokens, rest: encodeURIComponent(rest.toWellFormed()) };
  }
  const pieces = splitRaw(raw);
  const others = pieces.filter(({ text }) => !isToken(text));
  if (others.length === pieces.length) return { tokens: [], rest: raw };
  const tokens = pieces.filter(({ text }) => isToken(text)).map(({ text }) => valueOf(text));
  const rest = others.map(({ separator, text }, at) => (at === 0 ? text : separator + text)).join('');
  return { tokens: tokens.filter((token) => token !== ''), rest };
}

interface Piece {
  /** The text before it. */
  readonly separator: string;
  readonly text: string;
}

/** Splits at each run of "&" and "&amp;", and at each "?" where the reader would see an "&": after a value that is no URL, before `name=`. */
function splitRaw(raw: string): readonly Piece[] {
  const start = /^[?&]*/.exec(raw)?.[0] ?? '';
  const parts = raw.slice(start.length).split(/(&(?:amp;|&)*)/i);
  const pieces: Piece[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    let separator = at === 0 ? start : (parts[at - 1] ?? '');
    let text = '';
    let last: string | undefined;
    for (const segment of (parts[at] ?? '').split('?')) {
      if (last === undefined) {
        text = segment;
      } else if (/^[^=]*=[^:/]*$/.test(last) && /^[A-Za-z_][\w.-]*=/.test(segment)) {
        pieces.push({ separator, text });
        [separator, text] = ['?', segment];
      } else {
        text = `${text}?${segment}`;
      }
      last = segment;
    }
    pieces.push({ separator, text });
  }
  return pieces;
}

function isToken(pair: string): boolean {
  const at = pair.indexOf('=');
  return at > 0 && at <= longestName && isTokenName(decodeComponent(pair.slice(0, at)));
}

/** Whether a parameter of this name holds the token. */
export function isTokenName(name: string): boolean {
  return trimInvisible(name).toLowerCase() === 'token';
}

function valueOf(pair: string): string {
  const at = pair.indexOf('=') + 1;
  return trimInvisible(decodeComponent(pair.slice(at, at + longestToken)));
}

function takeFromBody(body: Uint8Array): { readonly tokens: readonly string[]; readonly body: Uint8Array } {
  const none = { tokens: [], body };
  if (body.length === 0 || body.length > maximumBodyBytes) return none;
  const encoding = isUtf8(body) ? 'utf8' : 'latin1';
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString(encoding);
  const trimmed = trimInvisible(text);
  if (trimmed.startsWith('{')) return { tokens: tokensInJson(trimmed), body };
  if (trimmed.startsWith('--')) return { tokens: tokensInMultipart(trimmed), body };
  if (!/^[^[<]/.test(trimmed)) return none;
  const { tokens, rest } = takeFromPairs(trimmed);
  return rest === trimmed ? none : { tokens, body: Buffer.from(rest, encoding) };
}

/** The token among the outermost names: one deeper down belongs to something else. */
function tokensInJson(text: string): readonly string[] {
  if (!/token|\\u00/i.test(text)) return [];
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document !== 'object' || document === null) return [];
    return Object.entries(document).flatMap(([name, value]) => {
      const isText = typeof value === 'string' || typeof value === 'number';
      return isText && isTokenName(name) && value !== '' ? [trimInvisible(String(value))] : [];
    });
  } catch {
    // A body that does not parse carries no token; the reader says what is wrong with it.
    return [];
  }
}

/** Bounded on every side: a part has a few short header lines. */
const multipartToken = /\bname="?token"?(?:;[^\r\n]{0,256})?\r?\n(?:[^\r\n]{1,256}\r?\n){0,8}\r?\n([^\r\n]{0,256})/gi;

function tokensInMultipart(text: string): readonly string[] {
  return [...text.matchAll(multipartToken)]
    .map(([, value = '']) => trimInvisible(value))
    .filter((value) => value !== '');
}
