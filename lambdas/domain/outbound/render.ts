import { occurredAt, type Conversion } from '../conversion/conversion';
import { fillJson } from './json-pattern';
import type { Macro } from './macro';
import { NotSent, valueOf, type MacroContext } from './macro-values';
import { mask } from './mask-secrets';
import { macrosOf, readBodyPattern } from './pattern-texts';
import type { Postback, RequestPattern } from '../configuration/outbound-postback';
import { encodeValue, fillPairs, fillPath, type Evaluate } from './query-pattern';
import type { DeliveryFacts, OutboundRequest, Rendering, Secrets } from './request';
import type { SourceTemplate } from './sources/template';

const longestUrl = 8192;
const day = 24 * 60 * 60_000;

/** The request of a postback: its own fields, and those of its template beside them. `undefined` where there is no URL. */
export function patternOf(postback: Postback, template: SourceTemplate | undefined): RequestPattern | undefined {
  const url = postback.url ?? template?.url;
  if (url === undefined) return undefined;
  const body = postback.body ?? template?.body;
  const headers = { ...template?.headers, ...postback.headers };
  const method = postback.method ?? template?.method ?? (body === undefined ? 'GET' : 'POST');
  return { method, url, ...(Object.keys(headers).length > 0 && { headers }), ...(body !== undefined && { body }) };
}

/** Returns the time from which a source no longer accepts a conversion, in milliseconds since 1970; `undefined` where it always does. */
export function expiresAt(template: SourceTemplate | undefined, conversion: Conversion): number | undefined {
  return template?.maxAgeDays === undefined ? undefined : occurredAt(conversion) + template.maxAgeDays * day;
}

/**
 * The request of a delivery, and the same with its secrets masked. Values are percent-encoded in URLs and forms, and escaped in JSON.
 * @param template the one that the postback names; `undefined` where it names none, or one that is not known
 */
export function renderRequest(
  postback: Postback,
  template: SourceTemplate | undefined,
  facts: DeliveryFacts,
  secrets: Secrets,
  now: number,
): Rendering {
  const pattern = patternOf(postback, template);
  if (pattern === undefined || (postback.template !== undefined && template === undefined)) {
    return { ok: false, state: 'held', reason: 'TEMPLATE_UNKNOWN', detail: postback.template ?? '' };
  }
  const expiry = expiresAt(template, facts.conversion);
  if (expiry !== undefined && now > expiry) {
    const detail = `${template?.name ?? ''} takes conversions for ${template?.maxAgeDays ?? 0} days`;
    return { ok: false, state: 'skipped', reason: 'EXPIRED', detail };
  }
  if (template?.requiresConsent === true && !isConsentGiven(facts.parameters)) {
    return {
      ok: false,
      state: 'skipped',
      reason: 'CONSENT_MISSING',
      detail: `the click has no ${consentParameter}=granted`,
    };
  }
  const context: MacroContext = { postback, template, facts, secrets };
  try {
    const request = filledRequest(pattern, (macro) => valueOf(macro, context));
    const masked = filledRequest(pattern, (macro) => (macro.name === 'secret' ? mask : valueOf(macro, context)));
    return { ok: true, request, masked };
  } catch (error) {
    if (!(error instanceof NotSent)) throw error;
    const { reason, detail } = error;
    return reason === 'SECRET_MISSING'
      ? { ok: false, state: 'held', reason, detail }
      : { ok: false, state: 'skipped', reason, detail };
  }
}

export const consentParameter = 'ad_user_data';

function isConsentGiven(parameters: DeliveryFacts['parameters']): boolean {
  return /^(?:granted|true|yes|1)$/i.test(parameters?.[consentParameter] ?? '');
}

function filledRequest({ method, url, headers = {}, body }: RequestPattern, evaluate: Evaluate): OutboundRequest {
  const filled: Record<string, string> = { accept: '*/*' };
  for (const [name, value] of Object.entries(headers)) {
    const text = fillPath(value, evaluate).trim();
    if (text !== '') filled[name.toLowerCase()] = inHeader(text);
  }
  const written = body === undefined ? undefined : bodyOf(body, evaluate);
  if (written !== undefined) filled['content-type'] ??= written.type;
  return {
    method,
    url: filledUrl(url, evaluate),
    headers: filled,
    ...(written !== undefined && { body: written.text }),
  };
}

function filledUrl(pattern: string, evaluate: Evaluate): string {
  const encoded: Evaluate = (macro) => inUrl(macro, evaluate);
  const question = pattern.indexOf('?');
  const path = fillPath(question < 0 ? pattern : pattern.slice(0, question), encoded);
  const query = question < 0 ? '' : fillPairs(pattern.slice(question + 1), encoded);
  const text = `${path}${query && `?${query}`}`;
  if (!URL.canParse(text)) throw new NotSent('REQUEST_INVALID', 'the URL cannot be read');
  const { href, pathname } = new URL(text);
  // A value of dots would climb to another path of the source's host.
  const written = path.replace(/^https?:\/\/[^/]*/i, '');
  if (written !== '' && pathname.split('/').length !== written.split('/').length) {
    throw new NotSent('REQUEST_INVALID', 'a value changes the path of the URL');
  }
  if (href.length > longestUrl) throw new NotSent('REQUEST_INVALID', `the URL is longer than ${longestUrl} characters`);
  return href;
}

/** A mask stays as it is, so that a person sees it. */
function inUrl(macro: Macro, evaluate: Evaluate): string {
  const value = evaluate(macro);
  return value === mask ? mask : encodeValue(value);
}

function bodyOf(
  body: NonNullable<RequestPattern['body']>,
  evaluate: Evaluate,
): { readonly text: string; readonly type: string } {
  const read = readBodyPattern(body);
  return 'form' in read
    ? { text: fillPairs(read.form, (macro) => inUrl(macro, evaluate)), type: 'application/x-www-form-urlencoded' }
    : { text: fillJson(read.json, evaluate), type: 'application/json' };
}

/** No header takes line breaks, or letters beyond ASCII. */
function inHeader(text: string): string {
  return text.replace(/[^\u0020-\u007e]+/g, (letters) => encodeURIComponent(letters.toWellFormed()));
}

/** Whether a request needs parameters of the click beside its subs: the click's row must be read for them. */
export function needsClickParameters(postback: Postback, template: SourceTemplate | undefined): boolean {
  const pattern = patternOf(postback, template);
  const isPassedOn = pattern !== undefined && macrosOf(pattern).some(({ name }) => name === 'param');
  return isPassedOn || template?.requiresConsent === true || template?.click.parameter !== undefined;
}
