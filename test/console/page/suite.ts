import type { Browser } from 'playwright-core';
import type { LocalStack } from '../../e2e/local-stack';
import type { Opened, Opening } from './support/open';

/** What tests of the page have at hand: the stack that all of them share, and a page in a context of its own for each. */
export interface PageSuite {
  stack(): LocalStack;
  browser(): Browser;
  /** Opens a screen. What the browser complains of until the test ends fails the test. */
  open(opening?: Opening): Promise<Opened>;
}
