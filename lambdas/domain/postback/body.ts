import { flattenJson, parseKeepingNumbers } from './json';
import { trimInvisible } from './percent-encoding';
import type { Parameter } from './parameters';
import { readQuery } from './query';

export type BodyReading =
  | { readonly ok: true; readonly parameters: readonly Parameter[]; readonly repairs: readonly string[] }
  | { readonly ok: false; readonly message: string };

const nothing: BodyReading = { ok: true, parameters: [], repairs: [] };

/**
 * Reads a body by what it is rather than by what it is called: senders label JSON as text and forms as nothing at all.
 * @param contentType as sent, or undefined
 */
export function readBody(bytes: Uint8Array, contentType: string | undefined): BodyReading {
  const text = trimInvisible(decodeText(bytes));
  if (text === '') return nothing;
  const type = (contentType ?? '').toLowerCase();
  if (type.startsWith('multipart/')) {
    return refuse(
      'The body is multipart. Send the parameters in the query, as application/x-www-form-urlencoded, or as JSON.',
    );
  }
  if (text.startsWith('{')) return readJson(text);
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
  if (text.includes('=')) return { ok: true, ...readQuery(text, 'form') };
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

function readJson(text: string): BodyReading {
  let document: unknown;
  try {
    document = parseKeepingNumbers(text);
  } catch {
    return refuse('The body starts like JSON but does not parse. Check its quotes, commas and brackets.');
  }
  return { ok: true, parameters: flattenJson(document, ''), repairs: [] };
}
