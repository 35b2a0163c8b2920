import { ReadingBudget } from './budget';
import { elementsOf, jsonInBase64, readJson } from './json';
import { isMultipart, readMultipart } from './multipart';
import { type Parameter, readQuery } from './query';
import { decodePercent, trimInvisible } from './percent-encoding';

/** The type of a batch's row as a request: a row that is no JSON object is then not read as anything else, such as a form. */
export const batchRowType = 'application/json; batch-row=1';

/** Lists that hold a conversion in each element: Post Affiliate Pro's, CAKE's, and what senders call the same. Items of one order are none. */
export const conversionLists: readonly string[] = ['sales', 'conversions', 'transactions', 'orders', 'purchases'];

export type BodyReading =
  | { readonly ok: true; readonly parameters: readonly Parameter[]; readonly repairs: readonly string[] }
  | { readonly ok: false; readonly message: string };

const nothing: BodyReading = { ok: true, parameters: [], repairs: [] };

/**
 * Reads the text of a body by what it is rather than by what it is called: senders label JSON as text and forms as nothing at all.
 * @throws {BudgetExceeded} where there is more of it than is read
 */
export function readBodyText(written: string, contentType: string | undefined, budget: ReadingBudget): BodyReading {
  const text = trimInvisible(written);
  budget.work(text.length);
  if (text === '') return nothing;
  const type = (contentType ?? '').toLowerCase();
  if (type.startsWith('multipart/') || isMultipart(text)) {
    const parameters = readMultipart(text, contentType, budget);
    return parameters === undefined
      ? reject('The body is multipart and holds no text part that can be read. Send a form or a JSON object.')
      : { ok: true, parameters, repairs: [] };
  }
  if (text.startsWith('{')) {
    const parameters = readJson(text, '', budget);
    return parameters === undefined
      ? reject('The body starts like JSON but does not parse. Check its quotes, commas and brackets.')
      : { ok: true, parameters, repairs: [] };
  }
  if (type === batchRowType) {
    return reject('The row is no JSON object, or has more cells than its header. Correct it and send it alone.');
  }
  // JSON that was made a text twice, or sent as the only name of a form.
  const unwrapped = /^%7b/i.test(text)
    ? decodePercent(text.replace(/=$/, ''))
    : (jsonText(text) ?? jsonInBase64(text) ?? text);
  const object = unwrapped.startsWith('{') ? unwrapped : onlyElement(unwrapped);
  if (object !== undefined) {
    const parameters = readJson(object, '', budget);
    if (parameters !== undefined) return { ok: true, parameters, repairs: [] };
  }
  if (unwrapped.startsWith('[')) {
    return reject(
      'The body is a JSON array. Send one JSON object here, or many as a batch to /postbacks/{integration}.',
    );
  }
  if (text.startsWith('<') || type.includes('xml')) {
    return reject(
      'The body is XML. Send the parameters in the query, as application/x-www-form-urlencoded, or as JSON.',
    );
  }
  if (text.includes('=') || /^[^\s&]*%3D/i.test(text)) return { ok: true, ...readQuery(text, 'form', budget) };
  return reject('The body is neither a form (name=value&…) nor a JSON object. Send one of these, or a query.');
}

const listWithin = new RegExp(`"(?:${conversionLists.join('|')})"\\s*:`, 'i');

/**
 * Returns the object of a list of one: webhooks that may hold many events mostly hold one. More are a batch, and so is one that holds a
 * list: signed content must be one statement by any path.
 */
function onlyElement(text: string): string | undefined {
  if (!/^\[\s*\{/.test(text) || listWithin.test(text)) return undefined;
  const elements = elementsOf(text, () => new ReadingBudget());
  const [only, ...others] = elements ?? [];
  return only === undefined || others.length > 0 ? undefined : text.slice(only.start, only.end);
}

/** The text that a JSON string holds. */
function jsonText(text: string): string | undefined {
  if (!text.startsWith('"')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? trimInvisible(value) : undefined;
  } catch {
    return undefined;
  }
}

function reject(message: string): BodyReading {
  return { ok: false, message };
}
