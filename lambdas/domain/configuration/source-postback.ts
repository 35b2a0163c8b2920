import * as v from 'valibot';
import { conversionStatuses } from '../values/status';
import { httpMethods, postbackModes } from './outbound-postback';
import { currency, eventName, identifier, webAddress } from './fields';

const text = (most: number): v.GenericSchema<string> => v.pipe(v.string(), v.maxLength(most));

/** Names as `{account:NAME}` writes them. */
const accountName = v.pipe(v.string(), v.regex(/^[A-Za-z][\w-]{0,63}$/, 'must be letters, digits, "_" or "-"'));

const percentText = 'must be a decimal above 0 and up to 1000, such as "70"';

/** A share in percent, as a JSON number or a text. */
const percent = v.pipe(
  v.union([v.string(), v.number()], percentText),
  v.metadata({
    anyOf: [
      { type: 'string', pattern: String.raw`^[1-9]\d{0,2}(\.\d{1,6})?$` },
      { type: 'number', minimum: 1, maximum: 1000, multipleOf: 0.000_001 },
    ],
    examples: ['70'],
  }),
  v.check(
    (share) => /^\d{1,4}(\.\d{1,6})?$/.test(String(share)) && Number(share) > 0 && Number(share) <= 1000,
    percentText,
  ),
);

const body = v.pipe(
  v.union([v.string(), v.array(v.unknown()), v.record(v.string(), v.unknown())], 'must be a text, or JSON'),
  v.check((value) => isShallow(value, 12), 'must not be nested more than 12 deep'),
  v.check((value) => JSON.stringify(value).length <= 16_384, 'must not be longer than 16,384 characters'),
);

function isShallow(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((inner) => isShallow(inner, left - 1));
}

/** The shape of a postback. Its texts are checked when the document is written, so that a stored one stays readable. */
export const sourcePostback = v.strictObject({
  id: identifier,
  template: v.optional(text(64)),
  url: v.optional(webAddress),
  method: v.optional(v.picklist(httpMethods, `must be one of ${httpMethods.join(', ')}`)),
  headers: v.optional(v.record(text(100), text(2000))),
  body: v.optional(body),
  when: v.picklist(postbackModes, `must be one of ${postbackModes.join(', ')}`),
  statuses: v.optional(
    v.pipe(v.array(v.picklist(conversionStatuses)), v.minLength(1, 'must hold at least one status')),
  ),
  events: v.optional(v.pipe(v.array(eventName), v.minLength(1, 'must hold at least one event'), v.maxLength(100))),
  payout: v.optional(
    v.union([v.literal('none'), v.strictObject({ percent })], 'must be "none", or a percent such as {"percent": "70"}'),
  ),
  currency: v.optional(currency),
  sendTests: v.optional(v.boolean()),
  account: v.optional(v.record(accountName, v.pipe(v.string(), v.minLength(1, 'must not be empty'), v.maxLength(500)))),
});
