import * as v from 'valibot';
import { anyOf, described, wholeNumber } from './field-types';

const limits = {
  rate: described(
    'Requests per second that each route accepts; more get 429. Each route counts separately, below the limit of the ' +
      'account: 10,000 a second in a new region.',
    wholeNumber(1, 10_000),
  ),
  burst: described('Requests of one route that may come in one moment.', wholeNumber(1, 5_000)),
};

const ownLimits = anyOf(limits, 'an object with rate and burst');

/** The request limits of the API. A group of routes without limits has those of the whole. */
export const throttle = v.strictObject(
  {
    ...limits,
    click: v.optional(described('The click routes, if they differ.', ownLimits, { rate: 5000 })),
    postback: v.optional(described('The postback routes, if they differ.', ownLimits, { rate: 3000, burst: 5000 })),
    batch: v.optional(described('The batch route. One request holds up to 1,000 rows.', ownLimits)),
    admin: v.optional(described('The admin API.', ownLimits)),
  },
  'an object with rate and burst',
);
