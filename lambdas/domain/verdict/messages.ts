import type { Claim } from '../request/claim';
import type { Conversion } from '../conversion/conversion';
import type { ClaimNote } from '../conversion/notes';
import { transitionsFrom } from '../values/status';
import type { Reason, Warning } from '../values/reasons';

const money = ({ amount, currency }: Pick<Conversion, 'amount' | 'currency'>): string => {
  if (amount === undefined) return 'without an amount';
  return currency === undefined ? amount : `${amount} ${currency}`;
};

const named = ({ event, transactionId }: Pick<Conversion, 'event' | 'transactionId'>): string =>
  transactionId === undefined ? `"${event}"` : `"${event}" of transaction ${transactionId}`;

/** Returns the result for a conversion and the next step, for the verdicts that judgement of the conversion ends in. */
export function conversionMessage(
  reason: Reason,
  conversion: Conversion,
  asked: Pick<Claim, 'status' | 'currency'>,
): string {
  switch (reason) {
    case 'OK':
      return `Recorded ${named(conversion)} as ${conversion.status}, ${money(conversion)}.`;
    case 'OK_UPDATED':
      return `Updated ${named(conversion)}: now ${conversion.status}, ${money(conversion)}.`;
    case 'OK_DUPLICATE':
      return `Already recorded: ${named(conversion)} is ${conversion.status}, ${money(conversion)}. Nothing to do. ${ifAnother(conversion)}.`;
    case 'CONFLICTING_DUPLICATE':
      return `Already recorded with other content: ${named(conversion)} is ${conversion.status}, ${money(conversion)}, and stays. ${ifAnother(conversion)}; to let new content replace the old, set the duplicate mode "update".`;
    case 'OK_STALE':
      return `Older than what is stored and without effect: ${named(conversion)} is ${conversion.status}, ${money(conversion)}. Kept in its history.`;
    case 'TRANSITION_REFUSED':
      return `${named(conversion)} is ${conversion.status} and cannot become ${asked.status ?? 'that'}; from here it may become ${transitionsFrom(conversion.status).join(' or ')}. Kept in its history: it counts if the missing step arrives.`;
    case 'CURRENCY_INVALID':
      return `${named(conversion)} is in ${conversion.currency ?? 'no currency'}, and ${asked.currency ?? 'this amount'} cannot be added to it. Send the amount in ${conversion.currency ?? 'its currency'}.`;
    case 'AMOUNT_INVALID':
      return `${named(conversion)} is ${money(conversion)}: with this amount it would be more than one conversion takes. Send the next one with its own transaction ID.`;
    case 'REVERSAL_REFUSED':
      return `Nothing was kept: too many reversals wait for the sale of ${named(conversion)}. Send this one again once that is approved.`;
    default:
      return '';
  }
}

/**
 * Returns the way to count a conversion that looks like an earlier one. Without a transaction ID, as renewals come, a mode suffices as
 * well.
 */
function ifAnother({ transactionId, history }: Pick<Conversion, 'transactionId' | 'history'>): string {
  const own = 'If this is another conversion, send its own transaction ID';
  const isSeparate = history.some(({ mode }) => mode === 'separate' || mode === 'separate-flagged');
  if (isSeparate) return `${own}, or its time: the same request within the retry window counts once`;
  return transactionId === undefined ? `${own}, or set the duplicate mode "separate"` : own;
}

/** Returns a warning for the sender of an accepted claim, about the conversion that holds it. */
export function noteWarning(note: ClaimNote, { transactionId }: Pick<Conversion, 'transactionId'>): Warning {
  switch (note.code) {
    case 'AMOUNT_DIFFERS':
      return {
        code: note.code,
        message: `The amount came as ${note.sent}; ${note.kept ?? 'none'} is stored and stays. The duplicate mode "update" would replace it.`,
      };
    case 'CURRENCY_IGNORED':
      return {
        code: note.code,
        message: `The postback names ${note.named}; ${note.kept ?? 'none'} is stored and stays. Send the currency with the first postback, or set currency of the integration.`,
      };
    case 'CURRENCY_ASSUMED':
      return {
        code: note.code,
        message: `No currency came, so the amount is in ${note.assumed}, as the conversion was recorded. The integration now has ${note.home ?? 'none'}.`,
      };
    case 'PARTIAL_REVERSAL':
      return {
        code: note.code,
        message: `The reversal took back ${note.taken}; ${note.left ?? 'nothing'} stays. Set reversals of the integration to "whole" to reverse everything.`,
      };
    case 'REVERSAL_OF_UNKNOWN_AMOUNT':
      return {
        code: note.code,
        message: note.saysPart
          ? `The postback says that a part went back, and its amount ${note.named} was the whole of it: nothing is left. Send the part alone as "refund_amount".`
          : `The sale has no amount, so the reversal of ${note.named} took back the whole. Correct the mapping of its amount and replay it to take back that part alone.`,
      };
    case 'REVERSAL_OF_ONLY_SALE':
      return {
        code: note.code,
        message: `${
          note.named === undefined
            ? 'No conversion of the click has all that the reversal takes back, so it is taken for the likeliest one.'
            : `No sale of transaction ${note.named} is known, so the reversal is taken for the only sale of its click.`
        } Send the transaction ID of the sale to be sure.`,
      };
    case 'REVERSAL_WITHOUT_SALE':
      return {
        code: note.code,
        message:
          transactionId === undefined
            ? 'No sale of this click fits the reversal, so it waits for one. Send the transaction ID of the sale to be sure.'
            : `No sale of transaction ${transactionId} is known for this click, so the reversal waits for it. Check that it is the sale's ID.`,
      };
    case 'STATUS_MISSING':
      return {
        code: note.code,
        message: `No status came, so the conversion stays ${note.kept}. Send one to change it.`,
      };
  }
}

export const message = {
  unmatched: 'The click ID is genuine but its click is not here yet. Kept, and tried again for an hour: nothing to do.',
  retry: 'Kept in the queue while storage recovers, and judged then. There is no need to send it again.',
  clickNotFound:
    "The click of this ID is not here: it expired, was erased, or never arrived. If it should be, ask the tracker's operators to replay the postback.",
  ignored: 'Understood and not counted: the integration maps this word to "ignore". Nothing to do.',
  systemError:
    'We cannot say for certain that this postback was kept. Send the same again in a minute: it counts once, however often it comes.',
  integrationUnknown: (id: string): string =>
    `There is no integration "${id}". Check the path of the postback URL: /postback/{integration}.`,
  mismatch: (id: string): string =>
    `This click belongs to another integration than "${id}". Send it to the postback URL of the click's own campaign.`,
  browserOff:
    'The campaign takes no reports of browsers. Set browser of the campaign, or send the postback from a server.',
  otherPage: (page: string): string =>
    `The page ${page.slice(0, 100)} may not report for this campaign. Add it to browser.origins of the campaign.`,
  browserReversal: 'A browser reports sales alone. Send what takes one back from a server.',
  browserReported:
    'A browser reported this, so it stays pending. Send the same event and transaction ID from a server to confirm it.',
  otherClick: 'The signed part of the postback is about another click than the rest. Send one click ID.',
  test: (rest: string): string => `A test, kept out of reports. ${rest}`,
  dryRun: (rest: string): string => `A dry run: nothing was kept. The real one: ${rest}`,
} as const;
