/**
 * Other vendors' prices for a million events beyond those a plan includes. Visits, clicks, conversions and postbacks each count as an
 * event.
 */
export interface Competitor {
  readonly name: string;
  /** Dollars per million events, from the smallest plan to the largest. */
  readonly dollarsPerMillion: readonly number[];
  readonly source: string;
  readonly caveat: string;
}

export const competitors: readonly Competitor[] = [
  {
    name: 'ClickFlare',
    dollarsPerMillion: [40, 35, 30, 25],
    source: 'https://help.clickflare.io',
    caveat: 'Starter, Pro, Master, Enterprise',
  },
  {
    name: 'Voluum',
    dollarsPerMillion: [70, 60, 50],
    source: 'https://doc.voluum.com/article/what-is-an-event-in-voluum',
    caveat: 'by plan',
  },
  {
    name: 'Voluum, older plans',
    dollarsPerMillion: [40, 36, 30],
    source: 'https://feedback.voluum.com',
    caveat: 'Pro, Agency, Enterprise of then',
  },
];
