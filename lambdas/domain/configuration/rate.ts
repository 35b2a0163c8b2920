import * as v from 'valibot';
import { isCalendarDay } from '../values/calendar-day';
import { currency } from './fields';

const dayPattern = String.raw`^20[2-9]\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`;
const rateText = 'must be a decimal above 0 such as "1.0871"';

const day = v.pipe(
  v.string(),
  v.check((text) => new RegExp(dayPattern).test(text) && isCalendarDay(text), 'must be a day such as "2026-11-02"'),
  v.metadata({ pattern: dayPattern }),
);

/** The worth of one unit of the base in a currency: a decimal, as a text so that no digit is lost. */
const rate = v.pipe(
  v.string('must be a text such as "1.0871"'),
  v.check((text) => /^\d{1,12}(\.\d{1,12})?$/.test(text) && /[1-9]/.test(text), rateText),
  v.metadata({ pattern: String.raw`^[1-9]\d{0,11}(\.\d{1,12})?$`, examples: ['1.0871'] }),
);

/** A currency in a name is written as it is looked up. */
const code = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency code such as "USD"'));

export const rateSchema = v.strictObject({
  base: currency,
  days: v.record(day, v.record(code, rate)),
});

/** Rates of exchange of some days. */
export type Rate = v.InferOutput<typeof rateSchema>;
