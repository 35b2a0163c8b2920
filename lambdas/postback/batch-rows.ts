import { conversionsIn } from '../domain/request/conversions-in';
import { isOneObject, maximumRows, readBatch } from '../domain/request/batch';
import { inflateBatch } from '../domain/request/batch-bytes';
import { readParameters } from '../domain/request/parameters';
import { bodyTextOf } from '../domain/text/body';
import { batchRowType } from '../domain/text/body-text';
import { maximumBodyBytes, type PostbackRequest } from '../domain/text/postback-request';
import { clickIdKeys, type Master } from '../domain/trust/keys';
import type { ClickIdKey } from '../domain/click/signed-click-id';
import { read, reject, type Read } from '../domain/values/rejection';

/** A conversion of a batch, with its row. */
export interface BatchRow {
  readonly body: string;
  /** Number of this conversion among several that the row lists, from 2; absent for the first, and where it lists none. */
  readonly part?: number;
}

/** The content of a batch. */
export interface BatchContent {
  readonly rows: readonly BatchRow[];
  /** The content that identifies the batch when it is sent again: the bytes before they were compressed. */
  readonly content: Uint8Array;
  /** The sender wrote one postback, whichever path it came by. */
  readonly isOnePostback: boolean;
}

/**
 * Reads the rows of a batch. A row that lists several conversions is a row for each of them.
 * @param signed what a signature covered of the request, where it has one
 */
export function readRows(
  request: PostbackRequest,
  signed: PostbackRequest | undefined,
  master: Master,
): Read<BatchContent> {
  const keys = clickIdKeys(master);
  const alone = signed === undefined ? undefined : partsOfOne(signed, keys);
  if (alone !== undefined) return alone;
  const content = inflateBatch(request.body, request.headers['content-encoding']);
  const batch = readBatch(content);
  if (!batch.ok) return reject(batch.reason, batch.message);
  const rows = batch.rows.flatMap((body) => partsOf(body, request, keys));
  if (rows.length > maximumRows) {
    return reject('TOO_LARGE', `The rows of the batch list more than ${maximumRows} conversions together. Split it.`);
  }
  return read({ rows, content: content ?? request.body, isOnePostback: batch.rows.length === 1 });
}

/**
 * A signed body that is one postback is that postback by whatever path it comes, and each conversion that it lists the same part of
 * it: else one signature would count once as a postback, and again as a batch.
 */
function partsOfOne(covered: PostbackRequest, keys: readonly ClickIdKey[]): Read<BatchContent> | undefined {
  const text = bodyTextOf(covered);
  if (text.length > maximumBodyBytes || !isOneObject(text)) return undefined;
  const parsed = readParameters(covered);
  if (!parsed.ok) return { ok: false, rejection: parsed };
  const listed = conversionsIn(parsed.parameters, covered, keys);
  if (!listed.ok) return listed;
  return read({ rows: numbered(text, listed.value.length), content: covered.body, isOnePostback: true });
}

/** Without one of these a row lists nothing: objects in a list, places as names, a list in base64. */
const mayList = /\[\s*\{|\[\d{0,6}\]|"\d{1,6}"\s*:|"W[w-z\d][\w+/-]{14}/;

/** Judgement reports the problems of a row: until then it is one conversion. */
function partsOf(body: string, batch: PostbackRequest, keys: readonly ClickIdKey[]): readonly BatchRow[] {
  if (!mayList.test(body) || body.length > maximumBodyBytes) return [{ body }];
  const row = { ...batch, rawQuery: '', body: Buffer.from(body), headers: { 'content-type': batchRowType } };
  const parsed = readParameters(row);
  const listed = parsed.ok ? conversionsIn(parsed.parameters, row, keys) : parsed;
  return numbered(body, listed.ok && 'value' in listed ? listed.value.length : 1);
}

function numbered(body: string, count: number): readonly BatchRow[] {
  return Array.from({ length: count }, (_, at) => (at === 0 ? { body } : { body, part: at + 1 }));
}
