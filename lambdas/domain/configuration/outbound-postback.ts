import type { ConversionStatus } from '../values/status';

/**
 * The changes of a conversion that a postback reports: the first alone, every change that the source sees, or each status once in the order
 * in which they came.
 */
export const postbackModes = ['first', 'every-change', 'each-status'] as const;
export type PostbackMode = (typeof postbackModes)[number];

export const httpMethods = ['GET', 'POST', 'PUT'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** A body of JSON, with macros in its texts. */
export type JsonBody = { readonly [name: string]: unknown } | readonly unknown[];

/** A request with macros in it. A text body is JSON where it looks like JSON, and a form otherwise. */
export interface RequestPattern {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | JsonBody | undefined;
}

/** One postback to a traffic source about conversions of its clicks: an element of a source's `postbacks`. */
export interface Postback {
  readonly id: string;
  /** The ID of a template; its fields replace absent `url`, `method`, `headers` and `body`. */
  readonly template?: string | undefined;
  readonly url?: string | undefined;
  readonly method?: HttpMethod | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: RequestPattern['body'];
  readonly when: PostbackMode;
  /** Every status where this is absent, but for `first`: that reports pending and approved conversions. */
  readonly statuses?: readonly ConversionStatus[] | undefined;
  /** Every event where this is absent. */
  readonly events?: readonly string[] | undefined;
  /** The share of the amount that the source sees, or `none` to send no amount. The whole where this is absent. */
  readonly payout?: { readonly percent: string | number } | 'none' | undefined;
  /** The one currency that the source takes. */
  readonly currency?: string | undefined;
  /** Whether test conversions are reported, too. */
  readonly sendTests?: boolean | undefined;
  /** The values of `{account:NAME}`. */
  readonly account?: Readonly<Record<string, string>> | undefined;
}
