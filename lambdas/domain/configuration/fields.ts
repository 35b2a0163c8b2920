import * as v from 'valibot';
import { readAmount } from '../values/amount';
import { currencies, readCurrency } from '../values/currency';

/**
 * JSON Schema for a text that is trimmed before the check. Each check in these files that JSON Schema cannot express has such metadata
 * beside it: the OpenAPI document is made of them.
 */
export const notBlank = { pattern: String.raw`\S` };

/** A name in URLs and keys: letters, digits, `.`, `_` and `-`, not longer than 64. */
export const identifier = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'must be 1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit',
  ),
);

export const displayName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(200),
  v.metadata(notBlank),
);

/** An exact decimal, as a JSON number or string; kept as a string. */
export const amount = v.pipe(
  v.union([v.string(), v.number()], 'must be a decimal such as "12.50"'),
  v.metadata({
    anyOf: [
      { type: 'string', pattern: String.raw`^(\d{1,12}(\.\d{0,6})?|\.\d{1,6})$` },
      { type: 'number', minimum: 0, maximum: 999_999_999_999, multipleOf: 0.000_001 },
    ],
    examples: ['12.50'],
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const reading = readAmount(String(dataset.value), { negative: false });
    if (reading.ok && reading.rounded !== true) return reading.amount;
    addIssue({ message: 'must be a decimal such as "12.50": up to 12 digits, a point, up to 6 digits' });
    return NEVER;
  }),
);

export const currency = v.pipe(
  v.string(),
  v.metadata({ enum: currencies }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const code = readCurrency(dataset.value);
    if (code !== undefined) return code;
    addIssue({ message: 'must be an ISO 4217 currency code such as "USD"' });
    return NEVER;
  }),
);

/** An event's name as it is stored: case folded. */
export const eventName = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(64),
  v.metadata(notBlank),
);

/** `{amount, currency}`: the payout of an event where the postback names no amount. */
export const payout = v.strictObject({ amount, currency });

// The same for people and tools that read JSON Schema. Macros are fine behind the host, which a URI of the RFC may not have.
export const hostName = String.raw`([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.?`;
export const ipv4 = String.raw`((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
export const port = String.raw`(:([0-5]?\d{1,4}))?`;
const noBlank = String.raw`[^\u0000-\u0020\u007F]`;

/** A web address that a visitor or a request may be sent to. */
export const webAddress = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.check((text) => /^https?:\/\/[^\s/?#\\]+/i.test(text) && URL.canParse(text), 'must be an http:// or https:// URL'),
  v.check(
    (text) => !/^https?:\/\/[^/?#]*[{}@]/i.test(text),
    'must name its host plainly: no macro and no user name in it',
  ),
  // eslint-disable-next-line no-control-regex -- a line break in a Location header would split the response
  v.check((text) => !/[\u0000-\u0020\u007f]/.test(text), 'must not hold blanks or control characters'),
  v.metadata({ pattern: `^[Hh][Tt][Tt][Pp][Ss]?://(${hostName}|${ipv4})${port}([/?#]${noBlank}*)?$` }),
);
