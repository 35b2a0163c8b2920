/** A request as one system's senders really make it, with what must come of it. */
export interface GoldenCase {
  /** A sentence: "a sale with an order number is recorded". */
  readonly name: string;
  readonly method?: 'GET' | 'POST';
  /** The path after the host; `/postback/{integration}` where absent. */
  readonly path?: string;
  /** The raw query as sent, without `?`. `CLICKID` stands for a genuine click ID. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The raw body as sent. `CLICKID` stands for a genuine click ID. */
  readonly body?: string;
  /** What the integration's document says beside its preset, `auth` off and `currency: "USD"` apart. */
  readonly integration?: Readonly<Record<string, unknown>>;
  readonly expect: {
    readonly status: number;
    readonly result: string;
    readonly reason: string;
    /** The fields of the conversion that matter here; amounts are canonical decimals. */
    readonly conversion?: {
      readonly event?: string;
      readonly transactionId?: string;
      readonly status?: string;
      readonly amount?: string;
      readonly currency?: string;
    };
    /** Codes of warnings that must be among those given. */
    readonly warnings?: readonly string[];
    /** Texts that the message must hold. */
    readonly message?: readonly string[];
  };
}
