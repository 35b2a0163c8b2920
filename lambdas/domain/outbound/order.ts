import type { Delivery } from './delivery';

/** The fields that decide the order of deliveries of the same conversion to the same postback. */
export type InOrder = Pick<Delivery, 'id' | 'conversionVersion' | 'state' | 'when'> & {
  /** A request of it is under way. */
  readonly isInFlight?: boolean;
};

/**
 * Whether a due delivery may be sent, given the others of its conversion and postback. The last state reported to a source is the
 * conversion's: an older change is `superseded`. Statuses that are each reported are sent in the order in which they came; there, and
 * behind a request in progress, a delivery must `wait`.
 */
export function orderOf(delivery: InOrder, others: readonly InOrder[]): 'send' | 'superseded' | 'wait' {
  const { conversionVersion: version, when } = delivery;
  const reported = others.filter(
    ({ id, state }) => id !== delivery.id && state !== 'skipped' && state !== 'superseded',
  );
  if (when === 'every-change' && reported.some((other) => other.conversionVersion > version)) return 'superseded';
  const isBehind = reported.some(
    (other) =>
      other.conversionVersion < version &&
      (other.isInFlight === true || (when === 'each-status' && other.state === 'due')),
  );
  return isBehind ? 'wait' : 'send';
}
