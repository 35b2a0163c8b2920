import type { Conversion } from '../conversion/conversion';
import { transitionsFrom, type ConversionStatus } from '../conversion/status';
import type { Reason } from './verdict';

const money = ({ amount, currency }: Pick<Conversion, 'amount' | 'currency'>): string =>
  currency === undefined ? amount : `${amount} ${currency}`;

const named = ({ event, transactionId }: Pick<Conversion, 'event' | 'transactionId'>): string =>
  transactionId === undefined ? `"${event}"` : `"${event}" of transaction ${transactionId}`;

/** What became of a conversion, and what to do next, for the verdicts that judgement of the conversion ends in. */
export function conversionMessage(
  reason: Reason,
  conversion: Conversion,
  asked: { readonly status?: ConversionStatus; readonly historyFull?: boolean },
): string {
  switch (reason) {
    case 'OK':
      return `Recorded ${named(conversion)} as ${conversion.status}, ${money(conversion)}.`;
    case 'OK_UPDATED':
      return `Updated ${named(conversion)}: now ${conversion.status}, ${money(conversion)}.`;
    case 'OK_DUPLICATE':
      return `Already recorded: ${named(conversion)} is ${conversion.status}, ${money(conversion)}. Nothing to do. If this is another conversion, send its own transaction ID.`;
    case 'CONFLICTING_DUPLICATE':
      return `Already recorded with other content: ${named(conversion)} is ${conversion.status}, ${money(conversion)}, and stands. If this is another conversion, send its own transaction ID; to let new content replace the old, set the duplicate mode "update".`;
    case 'OK_STALE':
      return `Older than what is stored and without effect: ${named(conversion)} is ${conversion.status}, ${money(conversion)}. Kept in its history.`;
    case 'TRANSITION_REFUSED':
      return asked.historyFull === true
        ? `${named(conversion)} has taken as many changes as a conversion holds. It stays ${conversion.status}, ${money(conversion)}. Ask the tracker's operators.`
        : `${named(conversion)} is ${conversion.status} and cannot become ${asked.status ?? 'that'}; from here it may become ${transitionsFrom(conversion.status).join(' or ')}. Kept in its history: it counts if the missing step arrives.`;
    default:
      return '';
  }
}

export const message = {
  unmatched: 'The click ID is genuine but its click is not here yet. Kept, and tried again for an hour: nothing to do.',
  retry: 'Kept in the queue while storage recovers; it will be judged and recorded. Nothing to do.',
  clickNotFound:
    "The click of this ID is not here: it expired, was erased, or never arrived. If it should be, ask the tracker's operators to replay the postback.",
  ignored: 'Understood and not counted: the integration maps this word to "ignore". Nothing to do.',
  systemError:
    'We cannot say for certain that this postback was kept. Send the same again in a minute: it counts once, however often it comes.',
  integrationUnknown: (id: string): string =>
    `There is no integration "${id}". Check the path of the postback URL: /postback/{integration}.`,
  mismatch: (id: string): string =>
    `This click belongs to another integration than "${id}". Send it to the postback URL of the click's own campaign.`,
  test: (rest: string): string => `A test, kept out of reports. ${rest}`,
  dryRun: (rest: string): string => `A dry run: nothing was kept. The real one: ${rest}`,
} as const;
