import { problemsOf, queryOf } from './support/ask-report';

const quarterOf = (time: string): number => Date.parse(time) / 900_000;

describe('the period of a report', () => {
  test('is the last seven days of UTC, today included, where nothing is said', () => {
    expect(queryOf({})).toMatchObject({
      first: quarterOf('2026-11-23T00:00:00Z'),
      last: quarterOf('2026-11-30T00:00:00Z') - 1,
      timezone: 'UTC',
      by: 'click',
    });
  });

  test.each([
    // 29 March has 23 hours in Berlin, 25 October 25.
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['Asia/Kathmandu', '2026-11-01', '2026-10-31T18:15:00Z', '2026-11-01T18:15:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z'],
    ['America/St_Johns', '2026-11-01', '2026-11-01T02:30:00Z', '2026-11-02T03:30:00Z'],
    // The clocks of Santiago go from 24:00 to 1:00: the day has no midnight.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-01', '2026-10-31T10:00:00Z', '2026-11-01T10:00:00Z'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
  ])('in %s the %s begins at its own midnight and is as long as its clocks say', (timezone, date, begin, end) => {
    expect(queryOf({ from: date, to: date, timezone })).toMatchObject({
      first: quarterOf(begin),
      last: quarterOf(end) - 1,
    });
  });

  test('may be given by times, of which the second is excluded', () => {
    expect(queryOf({ from: '2026-11-01T10:15:00+05:45', to: '2026-11-01T05:00Z' })).toMatchObject({
      first: quarterOf('2026-11-01T04:30:00Z'),
      last: quarterOf('2026-11-01T05:00:00Z') - 1,
    });
  });

  test.each([
    [{ from: '2026-11-31' }, 'from: must be a day such as 2026-11-01'],
    [{ from: '2026-02-30' }, 'from: must be a day such as 2026-11-01'],
    [{ from: '2026-02-30T00:00:00Z' }, 'from: must be a day such as 2026-11-01'],
    [{ from: 'yesterday' }, 'from: must be a day such as 2026-11-01'],
    [{ from: '2026-11-01T00:00:00' }, 'or a time with its offset such as 2026-11-01T00:00:00Z'],
    [{ from: '2026-11-01T00:07:00Z' }, 'from: must be a full quarter of an hour, such as 14:00, 14:15 or 14:30'],
    [{ to: '1970-01-01' }, 'to: must be in the years 2020 to 2099'],
    [{ from: '2026-11-02', to: '2026-11-01' }, 'from: must be before to'],
    [{ from: '2027-01-01' }, 'from: must not be in the future'],
    [{ from: '2020-01-01', to: '2031-01-01' }, 'from: must be at most 3660 days before to'],
    [{ timezone: 'Mars/Olympus' }, 'timezone: must be an IANA time zone such as Europe/Berlin or UTC'],
    [{ timezone: '+01:00' }, 'timezone: must be an IANA time zone'],
  ])('is rejected with what is wrong: %j', (asked, problem) => {
    expect(problemsOf(asked)).toStrictEqual([expect.stringContaining(problem)]);
  });
});

test.each([
  [{ group: 'planet' }, 'group: "planet" is no group; there are campaign, offer, '],
  [{ group: 'campaign,campaign' }, 'group: must name each group once'],
  [{ group: 'campaign,offer,source,sub1,sub2,sub3' }, 'group: must name at most 5'],
  [{ group: 'campaign,,offer' }, 'group: "" is no group'],
  [{ metrics: 'clicks,views' }, 'metrics: "views" is no metric; there are clicks, botClicks, '],
  [{ by: 'day' }, 'by: must be one of click, conversion, booked'],
  [{ currency: 'EURO' }, 'currency: must be an ISO 4217 currency code such as "USD"'],
  [{ sort: '-views' }, 'sort: must be a metric or a group, with a "-" before it'],
  [{ sort: 'cost', metrics: 'clicks' }, 'sort: must be one of the metrics and groups that are asked for: clicks'],
  [{ sort: 'day', group: 'campaign' }, 'sort: must be one of the metrics and groups that are asked for'],
  [{ limit: '0' }, 'limit: must be a whole number from 1 to 10000'],
])('%j is rejected with what is wrong', (asked, problem) => {
  expect(problemsOf(asked)).toStrictEqual([expect.stringContaining(problem)]);
});
