import type { Reason } from './reasons';

/** A postback that is refused: why, and what its sender is to change. */
export interface Refusal {
  readonly reason: Reason;
  readonly message: string;
}

export type Read<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };

export const read = <Value>(value: Value): Read<Value> => ({ ok: true, value });

export const refuse = (reason: Reason, message: string): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { reason, message },
});
