import * as v from 'valibot';
import { field } from './answer-schema';

const problems = v.strictObject({
  problems: v.optional(
    v.pipe(
      v.array(v.strictObject({ path: v.string(), problem: v.string() })),
      v.description('What is wrong, one by one: a path such as `offers.0.url`, or the name of a parameter'),
    ),
  ),
});
const request = v.strictObject({
  requestId: v.pipe(v.string(), v.description("Finds the fault in the function's log")),
});
const none = v.strictObject({});

/** Every error of this API: its status, when it is answered, and its fields beside `error` and `message`. */
export const errors = {
  BODY_INVALID: {
    status: 400,
    when: 'the body is empty, no JSON, no object, or has wrong fields',
    fields: problems,
  },
  DOCUMENT_INVALID: { status: 400, when: 'fields of the document are wrong', fields: problems },
  PARAMETER_INVALID: { status: 400, when: 'the query string is wrong', fields: problems },
  ID_INVALID: { status: 400, when: 'the ID in the path is none', fields: problems },
  PATH_INVALID: { status: 400, when: 'the path does not decode', fields: none },
  HEADER_INVALID: { status: 400, when: 'If-Match holds no version', fields: problems },
  CLICK_ID_FORGED: { status: 403, when: 'a click to erase that was never made here', fields: none },
  NOT_FOUND: { status: 404, when: 'there is no such document, row or path', fields: none },
  METHOD_NOT_ALLOWED: { status: 405, when: 'the path takes other methods: the header Allow names them', fields: none },
  VERSION_CONFLICT: {
    status: 409,
    when: 'the change is based on another version than the newest',
    fields: v.strictObject({ basedOn: v.optional(field.count), currentVersion: v.optional(field.count) }),
  },
  IN_USE: {
    status: 409,
    when: 'an integration is not deleted while campaigns name it',
    fields: v.strictObject({ campaigns: v.array(v.string()) }),
  },
  DELIVERY_CONFLICT: {
    status: 409,
    when: 'a delivery is resent that is being sent right now, or whose change is none of its source',
    fields: none,
  },
  RECOUNT_CONFLICT: {
    status: 409,
    when: 'another recount is under way, or other objects count than this one has compared',
    fields: none,
  },
  DOCUMENT_UNREADABLE: {
    status: 409,
    when: 'the stored document no longer fits what this release knows: GET shows it, PUT replaces it',
    fields: problems,
  },
  TOO_LARGE: { status: 413, when: 'the document has more than 256 kB', fields: none },
  REPORT_TOO_LARGE: {
    status: 413,
    when: 'a report reads or has more than this stage allows: take a shorter period, fewer groups or a filter',
    fields: none,
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    when: 'a PUT or POST does not say that it is `application/json`, also where its body is empty',
    fields: none,
  },
  INTERNAL_ERROR: { status: 500, when: 'a fault of ours', fields: request },
  STORAGE_UNAVAILABLE: {
    status: 503,
    when: 'storage did not answer: try again after Retry-After; after a change, read first',
    fields: request,
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly status: number;
      readonly when: string;
      readonly fields: v.StrictObjectSchema<v.ObjectEntries, undefined>;
    }
  >
>;

export type ErrorCode = keyof typeof errors;

/** The fields of an error beside its code and message. */
export type ErrorFields<Code extends ErrorCode> = v.InferOutput<(typeof errors)[Code]['fields']>;

/** The body of the answer that is one of these errors. */
export function errorSchema(code: ErrorCode): v.GenericSchema {
  return v.strictObject({ error: v.literal(code), message: v.string(), ...errors[code].fields.entries });
}
