import { quarterMilliseconds } from '../facts/columns';
import { quarterOffset, quartersOfDay } from './zone-segments';

const subs = ['sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'sub6', 'sub7', 'sub8', 'sub9', 'sub10'] as const;
const clickFields = ['campaign', 'offer', 'source', 'integration'] as const;
const visitorFields = ['country', 'device', 'os', 'browser'] as const;

/** Fields that only a conversion has. Clicks and their costs have neither, and are in the row where it is empty. */
const conversionFields = ['event', 'status'] as const;
export type ConversionField = (typeof conversionFields)[number];

/** The columns of the facts that a report can be grouped by and filtered on. */
export const fields = [...clickFields, ...conversionFields, ...subs, ...visitorFields] as const;
export type Field = (typeof fields)[number];

const timeGroups = ['day', 'hour', 'hourOfDay', 'weekday', 'week', 'month'] as const;
export type TimeGroup = (typeof timeGroups)[number];

export const groups = [...fields, ...timeGroups] as const;
export type Group = (typeof groups)[number];

export const maximumGroups = 5;

export function isTimeGroup(group: Group): group is TimeGroup {
  return timeGroups.some((one) => one === group);
}

export function isConversionField(group: Group): group is ConversionField {
  return conversionFields.some((one) => one === group);
}

/**
 * Returns the label of a time group. SQL yields a count of quarters: of UTC for `hour`, of the zone's clocks for the others, and of the day
 * or week alone for `hourOfDay` and `weekday`.
 */
export function timeLabel(group: TimeGroup, quarters: number, timeZone: string): string {
  switch (group) {
    case 'day':
      return dateText(quarters);
    case 'month':
      return dateText(quarters).slice(0, 7);
    case 'week':
      return isoWeek(quarters);
    case 'weekday':
      // 1970 began on a Thursday, the fourth day of the week.
      return String(((quarters / quartersOfDay + 3) % 7) + 1);
    case 'hourOfDay':
      return String(quarters / 4).padStart(2, '0');
    case 'hour':
      return instantText(quarters, timeZone);
  }
}

function dateText(quarters: number): string {
  return new Date(quarters * quarterMilliseconds).toISOString().slice(0, 10);
}

/** `2026-W48`: the week is of the year that its Thursday is in. */
function isoWeek(monday: number): string {
  const thursday = monday + 3 * quartersOfDay;
  const year = Number(dateText(thursday).slice(0, 4));
  const firstDay = Date.UTC(year, 0, 1) / quarterMilliseconds;
  const week = Math.floor((thursday - firstDay) / (7 * quartersOfDay)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** `2026-10-25T02:00+01:00` */
function instantText(quarter: number, timeZone: string): string {
  const offset = quarterOffset(quarter, timeZone);
  const local = new Date((quarter + offset) * quarterMilliseconds).toISOString().slice(0, 16);
  const size = new Date(Math.abs(offset) * quarterMilliseconds).toISOString().slice(11, 16);
  return `${local}${offset < 0 ? '-' : '+'}${size}`;
}
