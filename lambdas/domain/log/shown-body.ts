import { bodyTextOf } from '../text/body';
import { BudgetExceeded, ReadingBudget } from '../text/budget';
import { isMultipart, readMultipart } from '../text/multipart';
import { trimInvisible } from '../text/percent-encoding';
import type { PostbackRequest } from '../text/postback-request';
import { possibleClickIds } from '../click/click-id-mentions';

/**
 * The text of a body, as its secrets can be masked by name: parts of multipart become pairs. Of a body that has no names, such as XML, only its
 * kind, its length and the click IDs in it are shown.
 * @param before milliseconds since 1970: click IDs are of earlier
 */
export function shownBody(request: Pick<PostbackRequest, 'body' | 'headers'>, before: number): string {
  const { body, headers } = request;
  if (body.length === 0) return '';
  const text = bodyTextOf(request);
  const trimmed = trimInvisible(text);
  if (isMultipart(trimmed))
    return pairsOf(trimmed, headers['content-type']) ?? summaryOf('multipart', request, text, before);
  if (trimmed.startsWith('<')) return summaryOf('XML', request, text, before);
  return hasNames(trimmed) ? text : summaryOf('text', request, text, before);
}

/** Whether a text may be a form or JSON, in whatever shape: names come before their values. */
function hasNames(text: string): boolean {
  return /^[[{"]/.test(text) ? text.includes('"') || text.includes('=') : /=(?!=*$)|%3D|%7B/i.test(text);
}

function pairsOf(text: string, contentType: string | undefined): string | undefined {
  try {
    const parts = readMultipart(text, contentType, new ReadingBudget());
    return parts?.map(({ name, value }) => `${asPart(name)}=${asPart(value)}`).join('&');
  } catch (error) {
    if (error instanceof BudgetExceeded) return undefined;
    throw error;
  }
}

const asPart = (text: string): string => text.replace(/[%&=\r\n]/g, encodeURIComponent);

function summaryOf(kind: string, { body }: Pick<PostbackRequest, 'body'>, text: string, before: number): string {
  return [`[${kind}, ${body.length} bytes]`, ...possibleClickIds(text, before).slice(0, mostIds)].join(' ');
}

/** A body that names more click IDs than this is no postback. */
export const mostIds = 8;
