import type { Browser } from 'playwright-core';
import { seedExample } from '../../../docs/console/example-data';
import { synthesized } from '../../e2e/assembly';
import { startLocalStack, type LocalStack } from '../../e2e/local-stack';
import { describeInBrowser } from '../support/browser';
import { startSink, type Sink } from '../support/sink';
import { clear, isUsual, openConsole, reopen, type Opened, type Opening } from './support/open';

/** What tests of the page have at hand: the stack that all of them share, and a page in a context of its own for each. */
export interface PageSuite {
  stack(): LocalStack;
  browser(): Browser;
  /** A traffic source on this machine, which the stack may call. */
  sink(): Sink;
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
    let sink: Sink;
    const opened: Opened[] = [];
    // A context takes a second to open: tests that ask for nothing unusual use one after the other.
    let shared: Opened | undefined;
    let isFree = true;

    beforeAll(async () => {
      sink = await startSink();
      stack = await startLocalStack({ assembly: await synthesized('dev'), allowedDestinations: [sink.url] });
    });
    afterAll(async () => {
      await stack.remove();
      await sink.stop();
    });
    afterEach(async () => {
      const all = [...opened.splice(0), ...(isFree || shared === undefined ? [] : [shared])];
      for (const one of all) await (one === shared ? clear(one) : one.context.close());
      isFree = true;
      const complaints = all.flatMap((one) => one.complaints());
      if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join('\n')}`);
    });

    const suite: PageSuite = {
      stack: () => stack,
      browser,
      sink: () => sink,
      async open(opening = {}) {
        if (isFree && isUsual(opening)) {
          isFree = false;
          if (shared === undefined) shared = await openConsole(browser(), stack.consoleUrl, opening);
          else await reopen(shared, stack.consoleUrl, opening);
          return shared;
        }
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
