import type { Reason } from './reasons';

/** A postback that is rejected: why, and what its sender is to change. */
export interface Rejection {
  readonly reason: Reason;
  readonly message: string;
}

export type Read<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly rejection: Rejection };

export const read = <Value>(value: Value): Read<Value> => ({ ok: true, value });

export const reject = (reason: Reason, message: string): { readonly ok: false; readonly rejection: Rejection } => ({
  ok: false,
  rejection: { reason, message },
});
