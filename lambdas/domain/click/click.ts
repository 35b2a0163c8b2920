import type { ClickId } from './click-id';

/** One click, as it is stored. */
export interface Click {
  readonly clickId: ClickId;
  readonly campaign: string;
  /** The integration that the campaign named when the click came; the campaign's present one goes before it. */
  readonly integration: string;
  readonly offer: string;
  readonly source?: string;
  /** `sub1` to `sub10`, as far as they were sent. */
  readonly subs: Readonly<Record<string, string>>;
  /** The traffic source's own click ID. */
  readonly externalId?: string;
  /** The cost of the click, as the source sent it; kept as text, since sources send all sorts. */
  readonly cost?: string;
  /** Every other parameter as sent, up to 30 of 512 characters each and 1 kB in all. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether some parameter was dropped or cut for its size or number. */
  readonly truncated: boolean;
  /** Parameters whose macro the ad platform did not replace, such as `gclid` where `{gclid}` came; up to 10. */
  readonly unreplaced?: readonly string[];
  readonly test: boolean;
  /** A suspected bot is recorded and flagged, never dropped. */
  readonly bot: boolean;
  readonly userAgent?: string;
  /** The mark of the visitor within the UTC day; absent where the key of the day could not be had. */
  readonly visitor?: string;
  /** The /24 of an IPv4 address or the /48 of an IPv6 one. */
  readonly ipPrefix?: string;
  /** ISO 3166-1 alpha-2, where the edge named it; else the address says it when the click is counted. */
  readonly country?: string;
  /** A reversal came before its sale: the sale looks for it. */
  readonly reversalWaiting?: true;
  /** Milliseconds since 1970. */
  readonly clickedAt: number;
  /** Time at which the row was written, in milliseconds since 1970, for a click that waited in the queue. */
  readonly storedAt?: number;
  /** Seconds since 1970: when the row may go. Code treats a row past it as absent, since the table deletes late. */
  readonly expiresAt: number;
}

/** Days that a click row is kept beyond its campaign's attribution window. */
export const retentionBeyondWindowDays = 30;

export function isExpired(row: { readonly expiresAt: number }, now: number): boolean {
  return row.expiresAt * 1000 <= now;
}
