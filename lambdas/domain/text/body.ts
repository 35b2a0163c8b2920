import { readBodyText, type BodyReading } from './body-text';
import type { ReadingBudget } from './budget';
import { latin1, strictUtf8 } from './bytes';
import { inflate } from './inflate';
import type { PostbackRequest } from './postback-request';

/**
 * Reads a body as it came: compressed or not, in UTF-8 or else in Latin-1.
 * @throws {BudgetExceeded} where there is more of it than is read
 */
export function readBody(
  bytes: Uint8Array,
  headers: Pick<PostbackRequest['headers'], 'content-type' | 'content-encoding'>,
  budget: ReadingBudget,
): BodyReading {
  budget.bytes(bytes.length);
  const plain = inflate(bytes, headers['content-encoding'], budget);
  return readBodyText(strictUtf8(plain) ?? latin1(plain), headers['content-type'], budget);
}
