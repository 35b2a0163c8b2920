import * as v from 'valibot';

/** A sort key of the log, whole or cut to the bound of an hour. */
const logKey = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d(?::~|:\d\d:\d\d\.\d{3}Z(?:#~|#[0-9a-z]{24})?)$/),
  v.check((key) => !Number.isNaN(Date.parse(`${key.slice(0, 13)}:00:00.000Z`))),
);

/** Where a walk through the log goes on. The start of the period goes along: a day back from now is another day later on. */
export const logPosition = v.strictObject({ from: logKey, below: logKey });
