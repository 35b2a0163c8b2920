import * as v from 'valibot';
import { described, textLike, wholeNumber } from './field-types';

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
    countryFile: v.optional(
      described(
        'A file in MaxMind’s format (`.mmdb`) from which the country of a click is read, by its path in the project; it is deployed with the count function. Without one no country is known, but behind an edge, which names it.',
        textLike(/^(?!\/)(?!.*\.\.)[\w./-]{1,200}\.mmdb$/, 'a path within the project that ends in .mmdb'),
        'geo/country.mmdb',
      ),
    ),
  },
  'an object with windowSeconds, scanLimitMegabytes and countryFile',
);
