import type { Measure } from '../../../../operator/report/ask-report';
import type { RowsBehind } from '../../../../operator/report/rows-behind';
import { hrefOf } from '../../state/place';
import { Value } from './value';

/** Numbers that are made of conversions, which can be listed. */
const ofConversions: readonly string[] = ['conversions', 'revenue'];

/** A number of a report, which leads to the conversions that it is made of where a list has them. */
export function BehindLink({
  behind,
  measure,
  metric,
}: {
  readonly behind: RowsBehind | undefined;
  readonly measure: Measure;
  readonly metric: string;
}) {
  const value = <Value of={measure} metric={metric} />;
  if (behind === undefined || !ofConversions.includes(metric) || !isSomething(measure)) return value;
  return (
    <a class="behind" href={behindHref(behind)} title="Show the conversions behind it">
      {value}
    </a>
  );
}

export const behindHref = (behind: RowsBehind): string => hrefOf('conversions', { ...behind });

function isSomething(measure: Measure): boolean {
  if (typeof measure === 'number') return measure !== 0;
  return typeof measure === 'object' && measure !== null && Object.keys(measure).length > 0;
}
