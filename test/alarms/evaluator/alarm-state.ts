export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type MissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

/** How many periods make an alarm's mind up, and what a period without data counts as. */
export interface Judging {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

/** One period: beyond the threshold, within it, or without data. */
export type Point = 'breaching' | 'within' | 'none';

/**
 * How many of the latest periods are looked at: more than are judged, so that data that comes late still counts. AWS says of a few of
 * them only that they are "more"; its examples for three periods look at five.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluationRange(evaluationPeriods: number): number {
  return evaluationPeriods + 2;
}

/**
 * The state that an alarm goes to.
 * @param points the evaluation range, oldest first
 * @param current the state that it is in, which `ignore` keeps
 */
export function stateOf(points: readonly Point[], judging: Judging, current: AlarmState): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, missingData } = judging;
  const newestFirst = [...points].reverse();
  const present = newestFirst.filter((point) => point !== 'none');
  const judged = present.slice(0, evaluationPeriods);
  const breaching = judged.filter((point) => point === 'breaching').length;
  const toFill = evaluationPeriods - judged.length;
  if (breaching >= datapointsToAlarm) return 'ALARM';
  if (toFill === 0) return 'OK';
  switch (missingData) {
    case 'breaching':
      return breaching + toFill >= datapointsToAlarm ? 'ALARM' : 'OK';
    case 'notBreaching':
      return 'OK';
    case 'ignore':
      return present.length === 0 || isPremature(newestFirst, datapointsToAlarm) ? current : 'OK';
    case 'missing':
      if (present.length === 0) return 'INSUFFICIENT_DATA';
      return isPremature(newestFirst, datapointsToAlarm) ? 'ALARM' : 'OK';
  }
}

/** Everything that there is is breaching, and its oldest is as old as the data points that an alarm takes. */
function isPremature(newestFirst: readonly Point[], datapointsToAlarm: number): boolean {
  const oldest = newestFirst.lastIndexOf('breaching');
  return oldest + 1 >= datapointsToAlarm && !newestFirst.includes('within');
}
