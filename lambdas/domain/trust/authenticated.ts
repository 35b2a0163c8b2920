import type { Trust } from './authentication';

/** The result of authentication when a request was received. It travels with the request, and is never computed again. */
export interface AuthenticatedAs {
  readonly integration: string;
  /** The version of the integration that the request was received under, and is judged by. */
  readonly version?: number;
  readonly trust: Exclude<Trust, 'none'>;
  /** The key that the sender identified itself with, where it did. */
  readonly keyId?: string;
  /** The identity of what was sent: the sender's retry has the same one. */
  readonly statement: string;
  /** Milliseconds since 1970: the time of a valid signature. */
  readonly signedAt?: number;
  /** The origin of the page that a browser reports from, as far as the browser says. */
  readonly page?: string;
}
