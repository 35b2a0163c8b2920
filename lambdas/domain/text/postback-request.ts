import { readingLimits } from './budget';

/** A postback request as it reached us, before anybody read it. */
export interface PostbackRequest {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The query exactly as sent, without its `?`. */
  readonly rawQuery: string;
  /** The body's bytes; empty where there was none. */
  readonly body: Uint8Array;
  /** Lower-case names. Only what a verdict needs. */
  readonly headers: {
    readonly 'content-type'?: string;
    readonly 'content-encoding'?: string;
    readonly 'user-agent'?: string;
    readonly authorization?: string;
    readonly 'webhook-id'?: string;
    readonly 'webhook-timestamp'?: string;
    readonly 'webhook-signature'?: string;
    readonly 'idempotency-key'?: string;
  };
  /** The address that the platform saw, never one that a header claims. */
  readonly sourceIp: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** The integration that the path names. */
  readonly integration?: string;
}

/** The largest body of one postback: a quarter of a queue message, so that what must wait can wait. */
export const maximumBodyBytes = readingLimits.bytes;
export const maximumParameters = readingLimits.pairs;

export const keptHeaders = [
  'content-type',
  'content-encoding',
  'user-agent',
  'authorization',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'idempotency-key',
] as const satisfies readonly (keyof PostbackRequest['headers'])[];
