import * as v from 'valibot';
import { described, wholeNumber } from './field-types';

/** How facts are counted and asked. */
export const reports = v.strictObject(
  {
    windowSeconds: described(
      'Seconds for which clicks and conversions are gathered before they are counted together: so old a report is at least.',
      wholeNumber(1, 300),
    ),
    scanLimitMegabytes: described(
      'Athena cancels a query of a report that would read more than this; it bills what it reads.',
      wholeNumber(10, 7_000_000),
    ),
  },
  'an object with windowSeconds and scanLimitMegabytes',
);
