import type { Conversion } from '../conversion/conversion';
import type { Delivery, HoldReason, SkipReason } from './delivery';
import type { HttpMethod } from '../configuration/outbound-postback';

/** A request as it is sent. */
export interface OutboundRequest {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The facts of which a request is made. */
export interface DeliveryFacts {
  readonly delivery: Pick<Delivery, 'id' | 'event' | 'status' | 'amount' | 'currency'>;
  readonly conversion: Conversion;
  /** Every other parameter of the click, by its name; read it where `needsClickParameters` says so. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** The values of `{secret:NAME}`, by name. */
export type Secrets = Readonly<Record<string, string>>;

export type Rendering =
  | {
      readonly ok: true;
      readonly request: OutboundRequest;
      /** The same without secrets: for logs and people. */
      readonly masked: OutboundRequest;
    }
  | { readonly ok: false; readonly state: 'skipped'; readonly reason: SkipReason; readonly detail: string }
  | { readonly ok: false; readonly state: 'held'; readonly reason: HoldReason; readonly detail: string };
