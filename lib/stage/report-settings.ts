import * as v from 'valibot';
import { described, textLike, wholeNumber } from './field-types';

/** Settings of counting and querying facts. */
export const reports = v.strictObject(
  {
    windowSeconds: described(
      'Seconds that clicks and conversions are gathered before they are counted: the minimum delay of a report.',
      wholeNumber(1, 300),
    ),
    scanLimitMegabytes: described(
      'Athena cancels a report’s query that reads more than this. Its price depends on what it reads.',
      wholeNumber(10, 7_000_000),
    ),
    countryFile: v.optional(
      described(
        'Path in the project of a file in MaxMind’s format (`.mmdb`), which gives the country of a click. It is deployed with the count function. Without it countries are unknown, except behind an edge, which names them.',
        textLike(/^(?!\/)(?!.*\.\.)[\w./-]{1,200}\.mmdb$/, 'a path within the project that ends in .mmdb'),
        'geo/country.mmdb',
      ),
    ),
  },
  'an object with windowSeconds, scanLimitMegabytes and countryFile',
);
