import * as v from 'valibot';
import type { DeliveriesReader, DayStretch } from '../../adapters/deliveries-reader';
import type { Deadline } from '../../adapters/deadline';
import { quarterMilliseconds } from '../../domain/facts/columns';
import { DayTally, type DayRow } from '../../domain/outbound/day-tally';
import { deliveryReasons, deliveryStates } from '../../domain/outbound/delivery';
import { reportParameter } from '../../domain/reports/parameters';
import { dayAt, startOfDay } from '../../domain/reports/zone-segments';
import { AdminError, list, rejectionOfParameter, type Answer } from '../http/answer';
import { field, type Shown } from '../http/answer-schema';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import { parameter, parameterOf, readQueryParameters, type QuerySchema } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { isCalendarDay } from '../../domain/values/calendar-day';
import { checkId } from '../documents/collections';

const day = v.pipe(
  v.string(),
  v.check(isCalendarDay, 'must be a day of the calendar such as 2026-11-01'),
  v.metadata({ format: 'date' }),
  v.examples(['2026-11-01']),
);

export const sourceDaysQuery = {
  from: parameterOf(day, 'The first day; six days before the last where nothing is said'),
  to: parameterOf(day, 'The last day, itself included; today where nothing is said'),
  timezone: parameterOf(reportParameter.timeZone, 'The IANA time zone in which days begin; UTC where nothing is said'),
  limit: v.pipe(
    parameter.limit,
    v.description('Days of a page, at most; as many as one call can count where nothing is said'),
  ),
  cursor: parameter.cursor,
} as const satisfies QuerySchema;

export const sourceDayAnswer = v.strictObject({
  day: v.pipe(v.string(), v.isoDate()),
  postback: v.string(),
  conversions: v.pipe(field.count, v.description('Different conversions that changed on this day')),
  deliveries: v.pipe(field.count, v.description('What these changes made; the sum of all states')),
  eligible: v.pipe(field.count, v.description('Those that the postback asks for')),
  sent: v.pipe(field.count, v.description('Those of which a request was made')),
  states: v.strictObject(v.entriesFromList(deliveryStates, field.count)),
  reasons: v.pipe(
    v.array(
      v.strictObject({
        state: v.picklist(deliveryStates),
        reason: v.optional(v.picklist(deliveryReasons)),
        words: v.pipe(v.optional(v.string()), v.description('What the source said, without IDs')),
        count: field.count,
      }),
    ),
    v.description('Why what is not delivered is not, the most frequent first'),
  ),
});

const dayMilliseconds = 86_400_000;
/** Deliveries are kept for 90. */
const longestDays = 92;
/** After so many deliveries, or with so little time left, the next call counts the next day. */
const enoughDeliveries = 20_000;
const leastMilliseconds = 15_000;
const tooLateMilliseconds = 2_000;
/** Parts of a day that are read side by side. */
const partMilliseconds = dayMilliseconds / 6;

const position = v.strictObject({ day: v.number() });

/** Counts the reports to a source, by day and postback, the newest day first. Each delivery is read once, and a day is never cut. */
export async function getSourceDays(request: RoutedRequest, services: Services): Promise<Answer> {
  const asked = readQueryParameters(request, sourceDaysQuery);
  const { id: sourceId, now, deadline } = request;
  checkId(sourceId);
  const { from, to, zone } = periodOf(asked, now);
  const { limit = longestDays } = asked;
  const query = queryOf(`days of ${sourceId}`, asked);
  const { reader } = services.outbound();
  const shown: Shown<typeof sourceDayAnswer>[] = [];
  let readSoFar = 0;
  const first = readCursor(query, position, asked.cursor)?.day ?? to;
  for (let one = first; one >= from; one -= 1) {
    const isEnough = first - one >= limit || readSoFar >= enoughDeliveries || deadline.remaining() < leastMilliseconds;
    if (one < first && isEnough) return list(shown, writeCursor(query, { day: one }));
    const { tally, count } = await tallyOf(sourceId, one, zone, reader, deadline);
    readSoFar += count;
    shown.push(...tally.rows().map((row) => viewOf(one, row)));
  }
  return list(shown);
}

function viewOf(one: number, row: DayRow): Shown<typeof sourceDayAnswer> {
  return { day: new Date(one * dayMilliseconds).toISOString().slice(0, 10), ...row };
}

interface DayPeriod {
  /** Days since 1970, both included. */
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

type Asked = { readonly from?: string; readonly to?: string; readonly timezone?: string };

function periodOf({ from: first, to: last, timezone: zone = 'UTC' }: Asked, now: number): DayPeriod {
  const today = dayAt(Math.floor(now / quarterMilliseconds), zone);
  const to = last === undefined ? today : dayOf(last);
  const from = first === undefined ? Math.min(to, today) - 6 : dayOf(first);
  if (from > to) throw rejectionOfParameter('from', 'must not be after to');
  if (to - from >= longestDays) throw rejectionOfParameter('from', `must be at most ${longestDays - 1} days before to`);
  return { from, to: Math.min(to, today), zone };
}

const dayOf = (text: string): number => Date.parse(text) / dayMilliseconds;

async function tallyOf(
  sourceId: string,
  one: number,
  zone: string,
  reader: DeliveriesReader,
  deadline: Deadline,
): Promise<{ readonly tally: DayTally; readonly count: number }> {
  const tally = new DayTally();
  const start = startOfDay(one, zone) * quarterMilliseconds;
  const end = startOfDay(one + 1, zone) * quarterMilliseconds;
  let count = 0;
  await Promise.all(
    stretchesOf(sourceId, start, end).map(async (stretch) => {
      let { to } = stretch;
      let seen: string | undefined;
      for (;;) {
        if (deadline.remaining() < tooLateMilliseconds) throw tooMany(one);
        const page = await reader.ofDay({ ...stretch, to }, deadline);
        for (const delivery of page.deliveries) {
          if (placeOf(delivery) === seen) continue;
          tally.add(delivery);
          count += 1;
        }
        if (page.last === undefined) return;
        seen = to = page.last;
      }
    }),
  );
  return { tally, count };
}

const placeOf = ({ createdAt, id }: { readonly createdAt: number; readonly id: string }): string =>
  `${iso(createdAt)}#${id}`;

/** A day in parts, each within one UTC day, as deliveries are listed. */
function stretchesOf(sourceId: string, start: number, end: number): readonly DayStretch[] {
  const stretches: DayStretch[] = [];
  for (let at = start; at < end;) {
    const next = Math.min(end, (Math.floor(at / partMilliseconds) + 1) * partMilliseconds);
    // "~" comes after every digit of an ID.
    stretches.push({ sourceId, from: `${iso(at)}#`, to: `${iso(next - 1)}#~` });
    at = next;
  }
  return stretches;
}

const iso = (at: number): string => new Date(at).toISOString();

function tooMany(one: number): AdminError {
  const name = iso(one * dayMilliseconds).slice(0, 10);
  return new AdminError(
    'REPORT_TOO_LARGE',
    `${name} has more deliveries than one answer can count. Search them by state instead.`,
    {},
  );
}
