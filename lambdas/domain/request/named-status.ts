import { plainValue, unquoted } from '../text/percent-encoding';
import type { Parameter } from '../text/query';
import { reject, type Read } from '../values/rejection';
import { generic } from '../presets/generic';
import { readStatusWord, type StatusWord } from '../values/status';
import { commonStatus, doubtAbout, isRejectionEvent, isReversalEvent } from './common-words';
import { foldName, lastPart, subjects, type FieldValue } from './parameter-index';

/** Names whose value says what happened, beside those of the event and the status. */
const statusLikeNames = new Set(
  (
    'action action_type actiontype transaction_type transactiontype txn_type trans_type trx_type operation operation_type event_type ' +
    'eventtype event_name eventname notification_type webhook_type topic hook kind state change'
  ).split(' '),
);

/** Names that say what a notification is about, whatever their writing: where a reversal is named, it is one. */
const aboutNames =
  /^(?!event$|goal$).*?(?:event|alert|notification|hook|trigger|topic|action|activity|operation|callback|postback|ipn|message|goal|resource)_?(?:type|name|code|kind)?$|(?:^|_)(?:transaction|txn|trx|trans|tx|payment|order|sale|conversion|conv|charge|record|commission|purchase|entry)_?(?:type|kind|event)$|^(?:subtype|reason|reason_?code)$/;

/** Names of the status of what is paid for; that of a delivery or of an account says nothing of the sale. */
const statusName =
  /^(?:(?:order|payment|conversion|conv|sale|lead|transaction|txn|deal|action|approval|purchase|booking|commission|financial|charge|invoice|goal)_?)?(?:status|state)(?:_?(?:code|name|text|word|id|value))?$/;

/** Words of a status that many shops use of an order that is paid and not delivered. */
const openWords = new Set(['new', 'open', 'lead', 'processing', 'review', 'in_review']);

/** Words of an approval that are the name of an event as well: they are said again with each sale. */
const saleWords = new Set(['sale', 'sold', 'converted']);

const rejectingFlag =
  /^(?:reject|rejected|cancelled|canceled|declined|denied|voided|invalid|fraud|fraudulent|trash|trashed)$/;
/** Offerwalls such as ironSource call once more, with this mark, where a reward is taken back. */
const negativeFlag = /^negative_?callback$/;
const approvingFlag = /^(?:approved|approve|valid|validated|confirmed|accepted|success|successful|is_paid)$/;
/** Whether what the notification is about has succeeded: a refund may fail, too. */
const outcome = /^(?:is_?)?(?:success|successful|succeeded)$/;

/** A parameter of a list of refunds: the status of one of them is not that of the sale. */
const ofListedRefund = /(?:^|[.[])refunds?\]?[.[]\d/i;

const prefix = /^(?:is|was|has)_?/;

const isYes = (value: string): boolean => /^(?:1|true|yes|y|on)$/i.test(value);
const isNo = (value: string): boolean => /^(?:0|false|no|n|off)$/i.test(value);

/** Maximum length of a name that may report a status: the end of a longer one says what it is. */
const longestStatusName = 64;

/** A status in a parameter other than that of the event or the status. */
export interface NamedStatus {
  /** The parameter, with the word that says so. */
  readonly status: FieldValue;
  /** The parameter holds what was taken back. */
  readonly amount?: FieldValue;
}

/**
 * Finds a reversal, a rejection, a hold or an approval under another name: `transaction_type=refund`, `is_chargeback=1`, `refund=12.50`,
 * `payment_status=declined`. A sale that was taken back is never a repeat of it, and what waited is approved under the name that it waited by.
 */
export function findNamedStatus(parameters: readonly Parameter[]): Read<NamedStatus | undefined> {
  let reversal: NamedStatus | undefined;
  let rejection: FieldValue | undefined;
  let approval: FieldValue | undefined;
  let unclear: Parameter | undefined;
  let failed: Parameter | undefined;
  let disputed: Parameter | undefined;
  let isWon = false;
  for (const parameter of parameters) {
    const { name, value } = parameter;
    if (value.length > 64 || ofListedRefund.test(name)) continue;
    const own = lastPart(name.slice(-longestStatusName));
    const isStatus = statusName.test(own);
    const isStatusLike = isStatus || statusLikeNames.has(own);
    const isAbout = isStatusLike || aboutNames.test(own);
    const word = isAbout ? unquoted(plainValue(value)) : value;
    if (isAbout && isReversalEvent(word)) reversal ??= { status: { parameter: name, text: value } };
    const flag = foldName(own).replace(prefix, '');
    const reversing = negativeFlag.test(flag) ? 'reversal' : flag;
    if (isReversalEvent(reversing)) {
      const status = { parameter: name, text: reversing };
      if (isYes(value)) reversal ??= { status };
      else if (isMoney(value)) reversal ??= { status, amount: { parameter: name, text: value } };
    }
    if (isStatusLike) {
      rejection ??= rejectionIn(name, word);
      if (!isOfSubject(name)) continue;
      if (usualStatus(word) === 'approved' && !saleWords.has(word.toLowerCase()))
        approval ??= { parameter: name, text: word };
      else if (isStatus && usualStatus(word) === undefined && doubtAbout(word) !== undefined) unclear ??= parameter;
    } else if (rejectingFlag.test(flag) && isYes(value)) rejection ??= { parameter: name, text: 'rejected' };
    else if (isNo(value) && (approvingFlag.test(flag) || approvingFlag.test(own))) unclear ??= parameter;
    else if (flag === 'disputed' && isYes(value)) disputed ??= parameter;
    else if (flag === 'dispute_won' && isYes(value)) isWon = true;
    if (isNo(value) && outcome.test(own)) failed ??= parameter;
  }
  const status = rejection ?? approval;
  const found = reversal ?? (status && { status });
  if (reversal !== undefined && failed !== undefined) return unclearStatus(failed);
  const open = unclear ?? (isWon ? undefined : disputed);
  return found !== undefined || open === undefined ? { ok: true, value: found } : unclearStatus(open);
}

function unclearStatus({ name, value }: Parameter): Extract<Read<never>, { ok: false }> {
  const shown = name.slice(0, 64);
  return reject(
    'STATUS_UNKNOWN',
    `"${shown}" came as "${value.slice(0, 64)}", which may be on hold, rejected or taken back. Set parameters.status of the integration to ["${shown}"] and map its words in statuses, then replay.`,
  );
}

/** Returns the meaning of a status word, whatever its parameter. */
export function usualStatus(word: string): StatusWord | undefined {
  return readStatusWord(word, generic.statuses) ?? commonStatus(word, generic);
}

/** Whether a parameter is of the request, or of an object that the postback is about: a customer or an affiliate has a status, too. */
function isOfSubject(name: string): boolean {
  const folded = foldName(name);
  if (!folded.includes('.')) return true;
  return folded
    .split('.')
    .slice(0, -1)
    .every((part) => subjects.has(part));
}

function rejectionIn(parameter: string, word: string): FieldValue | undefined {
  if (openWords.has(word.toLowerCase().replace(/[\s-]+/g, '_'))) return undefined;
  const status = usualStatus(word);
  if (status === 'rejected' || status === 'pending') return { parameter, text: word };
  return isRejectionEvent(word) ? { parameter, text: 'rejected' } : undefined;
}

/** Whether a text is an amount that is not 0, however it is written. */
function isMoney(value: string): boolean {
  return /^[^\da-z]{0,4}\d[\d.,'\u00a0 ]{0,20}[^\d]{0,4}$/i.test(value) && /[1-9]/.test(value);
}
