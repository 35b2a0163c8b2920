import type { Content } from '../stored-document';
import { extended, given, readPairs } from './values';

export interface IntegrationFlags {
  readonly name?: string;
  readonly preset?: string;
  readonly currency?: string;
  readonly token?: string;
  readonly hmac?: string;
  readonly ip?: string;
  readonly allow?: readonly string[];
  readonly status?: readonly string[];
  readonly event?: readonly string[];
  readonly duplicates?: string;
  readonly respond?: string;
  readonly reply?: string;
}

/** An integration with what the flags say put into it. */
export function withIntegrationFlags(base: Content, flags: IntegrationFlags): Content {
  const { name, preset, currency, token, hmac, ip, allow, status = [], event = [], duplicates, respond, reply } = flags;
  return {
    ...base,
    ...given({ name, preset, currency, respond, ipAllowlist: allow }),
    ...(reply !== undefined && { reply: { literal: reply } }),
    ...extended('auth', base, given({ token, hmac, ip })),
    ...extended('duplicates', base, given({ default: duplicates })),
    ...extended('statuses', base, readPairs('--status', status)),
    ...extended('events', base, readPairs('--event', event)),
  };
}
