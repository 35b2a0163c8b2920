import * as v from 'valibot';

/** A sort key of the log, whole or cut to the bound of an hour. */
const logKey = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d(?::~|:\d\d:\d\d\.\d{3}Z(?:#~|#[0-9a-z]{24})?)$/),
  v.check((key) => !Number.isNaN(Date.parse(`${key.slice(0, 13)}:00:00.000Z`))),
);

/** The position of a walk through the log. It holds the start of the period, since a day back from now changes with the day. */
export const logPosition = v.strictObject({ from: logKey, below: logKey });
