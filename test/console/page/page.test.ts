import { seedExample } from '../../../docs/console/example-data';
import { synthesized } from '../../e2e/assembly';
import { startLocalStack, type LocalStack } from '../../e2e/local-stack';
import { describeInBrowser } from '../support/browser';
import { emptyTests } from './empty';
import { failureTests } from './failures';
import { flowTests } from './flows';
import { guardedTests } from './guarded';
import { lookTests } from './looks';
import { savedTests } from './saved';
import { numberTests } from './numbers';
import { placeTests } from './places';
import { repairTests } from './repair';
import { screenTests } from './screens';
import { setupTests } from './setup';
import type { PageSuite } from './suite';
import { openConsole, type Opened } from './support/open';
import { tailTests } from './tail';

jest.setTimeout(180_000);

// One stack and one browser for all of them: to start those takes longer than most tests.
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

  describe('with nothing in the tracker', () => {
    emptyTests(suite);
  });
  describe('with examples in it', () => {
    beforeAll(() => seedExample(stack.url));
    flowTests(suite);
    setupTests(suite);
    savedTests(suite);
    guardedTests(suite);
    repairTests(suite);
    placeTests(suite);
    tailTests(suite);
    failureTests(suite);
    numberTests(suite);
    screenTests(suite);
    lookTests(suite);
  });
});
