import type { End, Sent } from '../sequence-runner';

const day = 24 * 60;

/** A few hours later, as a network that timed out tries again: byte for byte the same. */
export const retried = (sent: Sent): Sent => ({ ...sent, afterMinutes: 180, expect: { reason: 'OK_DUPLICATE' } });

/** The same as before it, so many days later. */
export const daysLater = (days: number, sent: Sent): Sent => ({ ...sent, afterMinutes: days * day });

export const get = (query: string, reason?: string, ...warnings: readonly string[]): Sent => ({
  query,
  expect: { ...(reason !== undefined && { reason }), warnings },
});

export const post = (body: string, reason?: string, ...warnings: readonly string[]): Sent => ({
  body,
  expect: { ...(reason !== undefined && { reason }), warnings },
});

export const approved = (payable: string, currency = 'USD'): End => ({ status: 'approved', payable, currency });
export const pending = (currency = 'USD'): End => ({ status: 'pending', payable: '0', currency });
export const rejected = (currency = 'USD'): End => ({ status: 'rejected', payable: '0', currency });
export const reversed = (currency = 'USD'): End => ({ status: 'reversed', payable: '0', currency });
