import { readBody } from '../text/body';
import { BudgetExceeded, ReadingBudget } from '../text/budget';
import type { PostbackRequest } from '../text/postback-request';

/** The content of a beacon's body. */
export interface ClickBody {
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  /** There was more of it than is read, and none of it counts. */
  readonly dropped: boolean;
}

export const noBody: ClickBody = { parameters: [], dropped: false };

/** Reads the body of a click: a form, a text or an object from `sendBeacon`. A visitor is redirected also with an unreadable body. */
export function readClickBody(bytes: Uint8Array, headers: PostbackRequest['headers']): ClickBody {
  try {
    const reading = readBody(bytes, headers, new ReadingBudget());
    return reading.ok ? { parameters: reading.parameters, dropped: false } : noBody;
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return { parameters: [], dropped: true };
  }
}
