import { pageOf } from '../http/answer-schema';
import type { Route } from '../http/route';
import { conversionsQuery, getConversions } from './conversions';
import { conversionAnswer } from './view';

export const conversionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'conversions',
    run: getConversions,
    description: {
      id: 'listConversions',
      tag: 'Conversions',
      summary: 'Conversions of a click, or of a campaign, an integration or a transaction ID by their newest change',
      details:
        'Either clickId, or one or more of campaign, integration, transactionId, by and filter, must be there. A click has no period. A transaction ID ' +
        'without a period is found whenever it was recorded; the others are read through the log, as far back as it is kept.',
      query: conversionsQuery,
      answers: [{ status: 200, when: 'A page of conversions', shapes: { ConversionList: pageOf(conversionAnswer) } }],
      parts: { Conversion: conversionAnswer },
      errors: [],
    },
  },
];
