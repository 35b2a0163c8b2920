import { readDocument } from '../../../../lambdas/domain/configuration/document';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import type { ConversionStatus } from '../../../../lambdas/domain/values/status';
import type { DeliveryId } from '../../../../lambdas/domain/outbound/delivery-id';
import type { Postback } from '../../../../lambdas/domain/configuration/outbound-postback';
import { renderRequest } from '../../../../lambdas/domain/outbound/render';
import type { DeliveryFacts, Rendering, Secrets } from '../../../../lambdas/domain/outbound/request';
import { templateOf } from '../../../../lambdas/domain/outbound/sources';
import { Ledger } from '../conversion/ledger';
import { amount, currency, now } from '../support/factories';

/** A conversion of 12.35 USD, one minute after its click, which the source called `ext-1`. */
export function conversionOf(fields: Partial<Conversion> = {}): Conversion {
  const ledger = new Ledger('ignore', 'T 1');
  ledger.say({ amount: '12.35', currency: 'USD' }, 0);
  if (ledger.stored === undefined) throw new Error('nothing was recorded');
  return {
    ...ledger.stored,
    source: 'news',
    click: {
      clickedAt: now - 60_000,
      offer: 'main',
      subs: { sub1: 'red', sub2: '' },
      externalId: 'ext-1',
      userAgent: 'Browser/1.0',
      bot: false,
    },
    ...fields,
  };
}

export interface Said {
  readonly event?: string;
  readonly status?: ConversionStatus;
  readonly amount?: string;
  readonly currency?: string;
  readonly conversion?: Partial<Conversion>;
  readonly parameters?: Readonly<Record<string, string>>;
}

export const deliveryId = '0123456789abcdef0123456789abcdef' as DeliveryId;

export function factsOf({ event = 'sale', status = 'approved', conversion = {}, ...said }: Said = {}): DeliveryFacts {
  return {
    delivery: {
      id: deliveryId,
      event,
      status,
      ...(said.amount !== 'none' && { amount: amount(said.amount ?? '12.35') }),
      ...(said.currency !== 'none' && { currency: currency(said.currency ?? 'USD') }),
    },
    conversion: conversionOf({ event, status, ...conversion }),
    parameters: said.parameters,
  };
}

/** A postback as it is stored after a PUT. */
export function postback(fields: Readonly<Record<string, unknown>>): Postback {
  const reading = readDocument('source', { name: 'News', postbacks: [{ id: 'main', when: 'first', ...fields }] });
  const [read] = reading.ok ? (reading.document.postbacks ?? []) : [];
  if (read === undefined) throw new Error(JSON.stringify(reading));
  return read;
}

export function rendered(
  fields: Readonly<Record<string, unknown>>,
  said: Said = {},
  secrets: Secrets = {},
  at = now,
): Rendering {
  const read = postback(fields);
  return renderRequest(read, templateOf(read.template), factsOf(said), secrets, at);
}

/** The URL, where there is a request; else why there is none. */
export function urlOf(url: string, said: Said = {}, fields: Readonly<Record<string, unknown>> = {}): string {
  const rendering = rendered({ url, ...fields }, said);
  return rendering.ok ? rendering.request.url : `${rendering.state} ${rendering.reason} ${rendering.detail}`;
}
