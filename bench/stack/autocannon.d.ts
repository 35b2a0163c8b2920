/** As much of autocannon 9 as the bench uses; it comes without types of its own. */
declare module 'autocannon' {
  export interface Request {
    readonly method?: 'GET';
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** Makes each request anew from the one before. */
    readonly setupRequest?: (request: Request) => Request;
    readonly onResponse?: (
      status: number,
      body: string,
      context: object,
      headers: Readonly<Record<string, string | undefined>>,
    ) => void;
  }
  export interface Options {
    readonly url: string;
    readonly connections: number;
    /** Requests in all. */
    readonly amount: number;
    readonly requests: readonly Request[];
  }
  export interface Result {
    /** Requests without an answer, and timeouts. */
    readonly errors: number;
    /** Milliseconds. */
    readonly latency: { readonly p50: number; readonly p99: number };
  }
  export default function autocannon(options: Options): Promise<Result>;
}
