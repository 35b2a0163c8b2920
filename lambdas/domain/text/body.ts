import { readBodyText, type BodyReading } from './body-text';
import { BudgetExceeded, ReadingBudget } from './budget';
import { decodeText } from './bytes';
import { inflate } from './inflate';
import type { PostbackRequest } from './postback-request';

/**
 * Reads a body as it came: compressed or not, in UTF-8, UTF-16 or Latin-1.
 * @throws {BudgetExceeded} where there is more of it than is read
 */
export function readBody(
  bytes: Uint8Array,
  headers: Pick<PostbackRequest['headers'], 'content-type' | 'content-encoding'>,
  budget: ReadingBudget,
): BodyReading {
  budget.bytes(bytes.length);
  const plain = inflate(bytes, headers['content-encoding'], budget);
  return readBodyText(decodeText(plain), headers['content-type'], budget);
}

/** Returns the text of a body for people: one that is too large to decompress is shown as its bytes. */
export function bodyTextOf({ body, headers }: Pick<PostbackRequest, 'body' | 'headers'>): string {
  try {
    return decodeText(inflate(body, headers['content-encoding'], new ReadingBudget()));
  } catch (error) {
    if (error instanceof BudgetExceeded) return decodeText(body);
    throw error;
  }
}
