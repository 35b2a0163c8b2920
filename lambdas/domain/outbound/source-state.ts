import { gateOf, isSuspended, type SourceHealth } from './breaker';

export const sourceStates = ['accepting', 'unreachable', 'suspended'] as const;

/** Whether deliveries to a source are made as usual, and if not, until when they wait. Times are milliseconds since 1970. */
export interface SourceState {
  readonly state: (typeof sourceStates)[number];
  /** Attempts since the last that was accepted, and the time of their first. */
  readonly unaccepted: number;
  readonly unacceptedSince?: number;
  /** No attempt is made before; absent where the next delivery is tried at once. */
  readonly nextAttemptAt?: number;
  readonly suspendedAt?: number;
}

/** @param configuredAt when the document of the source was last changed: that ends a suspension */
export function sourceStateOf(health: SourceHealth, now: number, configuredAt: number): SourceState {
  const { unaccepted, unacceptedSince, suspendedAt } = health;
  const gate = gateOf(health, now, configuredAt);
  const attempts = { unaccepted, ...(unacceptedSince !== undefined && { unacceptedSince }) };
  const wait = 'until' in gate && { nextAttemptAt: gate.until };
  if (isSuspended(health, configuredAt)) {
    return { state: 'suspended', ...attempts, ...wait, ...(suspendedAt !== undefined && { suspendedAt }) };
  }
  return { state: gate.state === 'closed' ? 'accepting' : 'unreachable', ...attempts, ...wait };
}
