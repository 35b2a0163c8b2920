import { usageFailure } from '../../../operator/failure';
import { asFields, type Content } from '../../../operator/documents/stored-document';
import { extended, given, readNumber, readPair, readPairs } from './values';

export interface IntegrationFlags {
  readonly name?: string;
  readonly preset?: string;
  readonly currency?: string;
  /** `amount=order_total,total`: the names of a field. */
  readonly parameter?: readonly string[];
  readonly amountFormat?: string;
  /** `PES=ARS`. */
  readonly currencyCode?: readonly string[];
  readonly timeZone?: string;
  readonly retryWindow?: string;
  readonly reversals?: string;
  readonly token?: string;
  readonly hmac?: string;
  readonly ip?: string;
  readonly allow?: readonly string[];
  readonly status?: readonly string[];
  readonly event?: readonly string[];
  readonly duplicates?: string;
  readonly respond?: string;
  /** `OK` for all accepted postbacks, or `duplicate=DUP` for one result. */
  readonly reply?: string;
  readonly replyFor?: readonly string[];
}

/** Applies the flags to an integration. */
export function withIntegrationFlags(base: Content, flags: IntegrationFlags): Content {
  const { name, preset, currency, token, hmac, ip, allow, status = [], event = [], duplicates, respond } = flags;
  const { parameter = [], amountFormat, currencyCode = [], timeZone, retryWindow, reversals } = flags;
  return {
    ...withFormat(base, amountFormat),
    ...given({ name, preset, currency, timeZone, reversals, respond, ipAllowlist: allow }),
    ...given({ retryWindow: retryWindow && readNumber('--retry-window', retryWindow) }),
    ...repliesOf(base, flags),
    ...extended('parameters', base, Object.fromEntries(parameter.map(readNames))),
    ...extended('currencies', base, readPairs('--currency-code', currencyCode)),
    ...extended('auth', base, given({ token, hmac, ip })),
    ...extended('duplicates', base, given({ default: duplicates })),
    ...extended('statuses', base, readPairs('--status', status)),
    ...extended('events', base, readPairs('--event', event)),
  };
}

/** The older setting would repeat the new one or contradict it. */
function withFormat({ decimalComma, ...rest }: Content, amountFormat: string | undefined): Content {
  if (amountFormat !== undefined) return { ...rest, amountFormat };
  return decimalComma === undefined ? rest : { ...rest, decimalComma };
}

/** One text for every accepted postback replaces the reply; a text for a result is added. */
function repliesOf(base: Content, { reply, replyFor = [] }: IntegrationFlags): Content {
  const texts = { ...(reply !== undefined && { literal: reply }), ...readPairs('--reply-for', replyFor) };
  if (Object.keys(texts).length === 0) return {};
  const kept = reply === undefined ? asFields(base['reply']) : undefined;
  return { reply: { ...kept, ...texts } };
}

function readNames(text: string): readonly [field: string, names: readonly string[]] {
  const [field, list] = readPair('--parameter', text);
  const names = list.split(',').map((name) => name.trim());
  if (!names.includes('')) return [field, names];
  throw usageFailure(`--parameter takes a field and its names such as "amount=order_total,total", not "${text}".`);
}
