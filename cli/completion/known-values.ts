import { conversionStatuses } from '../../lambdas/domain/conversion/status';
import { replayableReasons, replayableResults } from '../../lambdas/domain/postback/replay';
import { reasons } from '../../lambdas/domain/postback/verdict';
import { presetIds } from '../../lambdas/domain/presets';

const results = [...new Set(Object.values(reasons).map(({ result }) => result))];
const deadLetterReasons = ['STORAGE_REFUSED', 'MESSAGE_UNREADABLE', 'FUNCTION_DIED', 'RECEIVED_TOO_OFTEN'];

/** An option whose value comes next. */
interface Pending {
  /** Its own name, and that of its value in the usage: `--status <theirs=ours>`. */
  readonly option: string;
  readonly value: string;
  readonly command: string;
  /** The command above, such as `campaign`. */
  readonly group: string | undefined;
  readonly current: string;
}

/**
 * The values that an option may have; `undefined` where any may come. Nothing is checked by them: a word in other letters, or of a newer
 * tracker, is for the command to read.
 */
export function knownValues({ option, value, command, group, current }: Pending): readonly string[] | undefined {
  switch (value) {
    case 'preset':
      return presetIds;
    case 'reason':
      if (group === 'dead-letters') return deadLetterReasons;
      return command === 'replay' ? replayableReasons : Object.keys(reasons);
    case 'result':
      return command === 'replay' ? replayableResults : results;
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
