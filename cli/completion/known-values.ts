import { replyResults } from '../../lambdas/domain/configuration/integration';
import { amountFormats } from '../../lambdas/domain/values/amount';
import { duplicateModes } from '../../lambdas/domain/values/duplicate-mode';
import { conversionStatuses } from '../../lambdas/domain/values/status';
import { deliveryReasons, deliveryStates } from '../../lambdas/domain/outbound/delivery';
import { replayableReasons, replayableResults } from '../../lambdas/domain/verdict/replay';
import { reasons } from '../../lambdas/domain/values/reasons';
import { postbackFields, presetIds } from '../../lambdas/domain/presets';
import { groups } from '../../lambdas/domain/reports/groups';
import { metrics } from '../../lambdas/domain/reports/metrics';
import { reportDates } from '../../lambdas/domain/reports/report-query';

const results = [...new Set(Object.values(reasons).map(({ result }) => result))];
const hows: Readonly<Record<string, readonly string[]>> = {
  reversals: ['partial', 'whole'],
  respond: ['verdict', 'always-200'],
};
const deadLetterReasons = ['STORAGE_REFUSED', 'MESSAGE_UNREADABLE', 'FUNCTION_DIED', 'RECEIVED_TOO_OFTEN'];

/** An option whose value comes next. */
interface Pending {
  /** The name of the option, and that of its value in the usage: `--status <theirs=ours>`. */
  readonly option: string;
  readonly value: string;
  readonly command: string;
  /** The parent command, such as `campaign`. */
  readonly group: string | undefined;
  readonly current: string;
}

/**
 * Returns the possible values of an option; `undefined` if any is possible. They are suggestions only: the command itself validates the
 * value, and a newer tracker may know more.
 */
export function knownValues({ option, value, command, group, current }: Pending): readonly string[] | undefined {
  switch (value) {
    case 'preset':
      return presetIds;
    case 'reason':
      if (group === 'dead-letters') return deadLetterReasons;
      if (group === 'deliveries') return deliveryReasons;
      return command === 'replay' ? replayableReasons : Object.keys(reasons);
    case 'result':
      return command === 'replay' ? replayableResults : results;
    case 'format':
      return option === 'amount-format' ? amountFormats : undefined;
    case 'zone':
      return option === 'time-zone' || option === 'timezone'
        ? ['UTC', ...Intl.supportedValuesOf('timeZone')]
        : undefined;
    case 'how':
      return hows[option];
    case 'mode':
      return option === 'duplicates' ? duplicateModes : undefined;
    case 'check':
      return ['off', 'report', 'required'];
    case 'field=names': {
      return current.includes('=') ? undefined : postbackFields.map((field) => `${field}=`);
    }
    case 'result=text':
      return current.includes('=') ? undefined : replyResults.map((result) => `${result}=`);
    case 'groups':
      return listed(current, groups);
    case 'metrics':
      return listed(current, metrics);
    case 'metric':
      return [...metrics, ...groups].flatMap((name) => [name, `-${name}`]);
    case 'date':
      return option === 'by' ? reportDates : undefined;
    case 'state':
      return deliveryStates;
    case 'kind':
      return ['postback', 'click', 'log', 'unknown'];
    case 'status':
      return group === 'campaign' ? ['active', 'paused'] : undefined;
    case 'theirs=ours': {
      const [theirs, ours] = current.split('=', 2);
      return ours === undefined || option !== 'status'
        ? undefined
        : [...conversionStatuses, 'ignore'].map((status) => `${theirs}=${status}`);
    }
    default:
      return undefined;
  }
}

/** Suggests words to add to a list, without those that it has. */
function listed(current: string, words: readonly string[]): readonly string[] {
  const before = current.slice(0, current.lastIndexOf(',') + 1);
  return words.filter((word) => !before.split(',').includes(word)).map((word) => before + word);
}
