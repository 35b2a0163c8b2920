import { createHash } from 'node:crypto';
import { occurredAt } from '../conversion/conversion';
import type { SkipReason } from './delivery';
import type { Macro } from './macro';
import { payoutOf, payoutText } from './payout';
import type { Postback } from '../configuration/outbound-postback';
import type { DeliveryFacts, Secrets } from './request';
import type { SourceTemplate } from './sources/template';

/** What the macros of one request stand for. */
export interface MacroContext {
  readonly postback: Postback;
  readonly template: SourceTemplate | undefined;
  readonly facts: DeliveryFacts;
  readonly secrets: Secrets;
}

/** Nothing is to be sent, or nothing yet. */
export class NotSent extends Error {
  constructor(
    readonly reason: SkipReason | 'SECRET_MISSING',
    readonly detail: string,
  ) {
    super(reason);
  }
}

/** The value of a macro as plain text. Throws `NotSent` where the request must not go. */
export function valueOf(macro: Macro, context: MacroContext): string {
  const value = macro.filters.reduce(filtered, rawValue(macro, context) ?? '');
  if (value !== '' || !macro.isRequired) return value;
  throw new NotSent(macro.name === 'secret' ? 'SECRET_MISSING' : 'MACRO_EMPTY', macro.written);
}

function rawValue(macro: Macro, context: MacroContext): string | undefined {
  const { name, argument = '' } = macro;
  const { postback, template, facts, secrets } = context;
  const { conversion, delivery } = facts;
  const { click } = conversion;
  switch (name) {
    case 'external_id':
      return click?.externalId ?? named(facts.parameters, template?.click.parameter ?? '');
    case 'clickid':
      return conversion.clickId;
    case 'txid':
      return conversion.transactionId;
    case 'delivery_id':
      return delivery.id;
    case 'source':
      return conversion.source;
    case 'campaign':
      return conversion.campaign;
    case 'offer':
      return click?.offer;
    case 'user_agent':
      return click?.userAgent;
    case 'payout':
    case 'currency':
      return moneyOf(macro, context);
    case 'status':
      return mapped(macro, delivery.status, 'STATUS_UNMAPPED');
    case 'event':
      return mapped(macro, delivery.event, 'EVENT_UNMAPPED');
    case 'goal':
      return macro.map === undefined ? goalOf(delivery.event) : (macro.map.get(delivery.event) ?? '');
    case 'click_time':
      return click && timeText(click.clickedAt, argument);
    case 'conversion_time':
      return timeText(occurredAt(conversion), argument);
    case 'param':
      return named(facts.parameters, argument);
    case 'secret':
      return exactly(secrets, argument);
    case 'account':
      return exactly(postback.account, argument);
    default:
      return exactly(click?.subs, name);
  }
}

function exactly(values: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Names of a click's parameters have no case. */
function named(values: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return Object.entries(values ?? {}).find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

/** A source's main goal has no name: that is the event of a postback that names none. */
const mainEvent = 'conversion';

function goalOf(event: string): string {
  return event === mainEvent ? '' : event;
}

function moneyOf({ name, argument }: Macro, { facts, postback, template }: MacroContext): string | undefined {
  const payout = payoutOf(facts.delivery, postback, template);
  if (!payout.ok)
    throw new NotSent('CURRENCY_UNSUPPORTED', `${payout.currency} is not ${payout.accepted.join(' or ')}`);
  if (name === 'currency') return payout.currency;
  return payout.amount && payoutText(payout.amount, argument === undefined ? undefined : Number(argument));
}

/** The source's word. One that it has no word for is not sent as another, unless the macro may be left away. */
function mapped({ map, isOptional }: Macro, word: string, reason: SkipReason): string {
  const value = map === undefined ? word : map.get(word);
  if (value !== undefined) return value;
  if (isOptional) return '';
  throw new NotSent(reason, word);
}

function timeText(milliseconds: number, format: string): string {
  if (format === 'ms') return String(milliseconds);
  return format === 'iso' ? new Date(milliseconds).toISOString() : String(Math.floor(milliseconds / 1000));
}

function filtered(value: string, filter: Macro['filters'][number]): string {
  if (value === '' || filter === 'number') return value;
  if (filter === 'lower') return value.toLowerCase();
  if (filter === 'upper') return value.toUpperCase();
  return createHash('sha256').update(value.trim().toLowerCase()).digest('hex');
}
