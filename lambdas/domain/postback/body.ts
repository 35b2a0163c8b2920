import type { ReadingBudget } from './budget';
import { batchRowType } from './batch-row-type';
import { inflate } from './inflate';
import { readJson } from './json';
import { isMultipart, readMultipart } from './multipart';
import type { Parameter } from './parameters';
import { trimInvisible } from './percent-encoding';
import { readQuery } from './query';
import type { PostbackRequest } from './request';

export type BodyReading =
  | { readonly ok: true; readonly parameters: readonly Parameter[]; readonly repairs: readonly string[] }
  | { readonly ok: false; readonly message: string };

const nothing: BodyReading = { ok: true, parameters: [], repairs: [] };

/**
 * Reads a body by what it is rather than by what it is called: senders label JSON as text and forms as nothing at all.
 * @throws {BudgetExceeded} where there is more of it than is read
 */
export function readBody(
  bytes: Uint8Array,
  headers: Pick<PostbackRequest['headers'], 'content-type' | 'content-encoding'>,
  budget: ReadingBudget,
): BodyReading {
  budget.bytes(bytes.length);
  const text = trimInvisible(decodeText(inflate(bytes, headers['content-encoding'], budget)));
  budget.work(text.length);
  if (text === '') return nothing;
  const type = (headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('multipart/') || isMultipart(text)) {
    const parameters = readMultipart(text, headers['content-type'], budget);
    return parameters === undefined
      ? refuse('The body is multipart and holds no text part that can be read. Send a form or a JSON object.')
      : { ok: true, parameters, repairs: [] };
  }
  if (text.startsWith('{')) {
    const parameters = readJson(text, '', budget);
    return parameters === undefined
      ? refuse('The body starts like JSON but does not parse. Check its quotes, commas and brackets.')
      : { ok: true, parameters, repairs: [] };
  }
  if (type === batchRowType) {
    return refuse('The row is no JSON object, or has more cells than its header. Correct it and send it alone.');
  }
  if (text.startsWith('[')) {
    return refuse(
      'The body is a JSON array. Send one JSON object here, or many as a batch to /postbacks/{integration}.',
    );
  }
  if (text.startsWith('<') || type.includes('xml')) {
    return refuse(
      'The body is XML. Send the parameters in the query, as application/x-www-form-urlencoded, or as JSON.',
    );
  }
  if (text.includes('=') || /^[^\s&]*%3D/i.test(text)) return { ok: true, ...readQuery(text, 'form', budget) };
  return refuse(
    'The body is neither a form (name=value&…) nor a JSON object. Send the parameters in the query or in one of these.',
  );
}

function refuse(message: string): BodyReading {
  return { ok: false, message };
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}
