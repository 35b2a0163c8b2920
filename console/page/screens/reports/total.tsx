import { measureOf, type Report } from '../../../../operator/report/ask-report';
import { rowsBehind } from '../../../../operator/report/rows-behind';
import { BehindLink } from './behind-link';
import { changeText } from './change';
import { shownMetrics } from './query';
import { metricNames, Value } from './value';

/** The sums of a report, with those of the period before where it is compared. */
export function Total({
  report,
  filter,
  before,
}: {
  readonly report: Report;
  readonly filter: string | undefined;
  readonly before: Report | undefined;
}) {
  const behind = rowsBehind(report, {}, filter);
  return (
    <ul class="tiles">
      {shownMetrics.map((metric) => (
        <li key={metric}>
          <div>
            <span>{metricNames[metric]}</span>
            <strong>
              <BehindLink behind={behind} measure={measureOf(report.total, metric)} metric={metric} />
            </strong>
            {before !== undefined && (
              <span class="before">
                {changeText(measureOf(report.total, metric), measureOf(before.total, metric))} before{' '}
                <Value of={measureOf(before.total, metric)} metric={metric} />
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
