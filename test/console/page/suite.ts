import type { Browser } from 'playwright-core';
import { seedExample } from '../../../docs/console/example-data';
import { synthesized } from '../../e2e/assembly';
import { startLocalStack, type LocalStack } from '../../e2e/local-stack';
import { describeInBrowser } from '../support/browser';
import { openConsole, type Opened, type Opening } from './support/open';

/** What tests of the page have at hand: the stack that all of them share, and a page in a context of its own for each. */
export interface PageSuite {
  stack(): LocalStack;
  browser(): Browser;
  /** Opens a screen. What the browser complains of until the test ends fails the test. */
  open(opening?: Opening): Promise<Opened>;
}

type Tests = (suite: PageSuite) => void;

/** Runs tests of the page with one stack and one browser: to start those takes longer than most tests. */
export function describeConsole({
  empty,
  filled,
}: {
  readonly empty?: Tests;
  readonly filled: readonly Tests[];
}): void {
  jest.setTimeout(180_000);
  describeInBrowser('the console', ({ browser }) => {
    let stack: LocalStack;
    const opened: Opened[] = [];

    beforeAll(async () => {
      stack = await startLocalStack({ assembly: await synthesized('dev') });
    });
    afterAll(() => stack.remove());
    afterEach(async () => {
      const all = opened.splice(0);
      for (const { context } of all) await context.close();
      const complaints = all.flatMap((one) => one.complaints());
      if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join('\n')}`);
    });

    const suite: PageSuite = {
      stack: () => stack,
      browser,
      async open(opening) {
        const one = await openConsole(browser(), stack.consoleUrl, opening);
        opened.push(one);
        return one;
      },
    };

    if (empty !== undefined) describe('with nothing in the tracker', () => empty(suite));
    describe('with examples in it', () => {
      beforeAll(() => seedExample(stack.url));
      for (const tests of filled) tests(suite);
    });
  });
}
