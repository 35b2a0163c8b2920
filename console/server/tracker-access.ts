import type { ExplanationOrder, TestPostbackOrder } from './orders';

/** A call of the admin API, as the page makes it. */
export interface AdminCall {
  readonly method: string;
  /** Below `/admin/v1`, beginning with a slash; each segment still encoded. */
  readonly path: string;
  /** With its `?`; empty where there is no query. */
  readonly search: string;
  /** `content-type`, `if-match` and `accept`, where they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, where there is one. */
  readonly body?: string;
}

/** `GET /console/api/session`. */
export interface ConsoleSession {
  readonly stage: string;
  /** Absent on this machine. */
  readonly region?: string;
  readonly account?: string;
  /** The ARN that calls are signed by; `this machine` where nothing is signed. */
  readonly identity: string;
  /** The version of the console. */
  readonly version: string;
  /** The tracker's address for visitors and senders, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether the stack is protected against deletion, as one that counts money is. */
  readonly protected: boolean;
  readonly mayWrite: boolean;
  /** Whether the tracker runs on this machine. */
  readonly local: boolean;
}

/** The console's requests to one tracker, with the rights of the person who started it. Each rejects with a sentence for that person. */
export interface TrackerAccess {
  session(): Promise<Omit<ConsoleSession, 'mayWrite'>>;
  /** Returns the answer of `tracker status --json`. */
  status(): Promise<object>;
  admin(call: AdminCall): Promise<Response>;
  /** Sends a GET to the public URL as a sender would. The URL is checked by then. */
  sendPostback(order: TestPostbackOrder): Promise<Response>;
  /** Returns the answer of `tracker postbacks explain --json`. */
  explain(order: ExplanationOrder): Promise<object>;
}

/** The caller's AWS credentials are no longer valid: a person renews them, and continues. */
export class CredentialsExpired extends Error {
  override readonly name = 'CredentialsExpired';

  /** @param command what to type, e.g. `aws sso login --profile work` */
  constructor(
    readonly command: string,
    options: ErrorOptions = {},
  ) {
    super(`Your AWS credentials have expired. Run "${command}", then return to this page.`, options);
  }
}
