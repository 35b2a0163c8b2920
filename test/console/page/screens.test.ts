import { failureTests } from './failures';
import { lookTests } from './looks';
import { numberTests } from './numbers';
import { screenTests } from './screens';
import { describeConsole } from './suite';

// Apart from page.test.ts and wcag.test.ts: each takes a minute or more, and they run beside each other.
describeConsole({ filled: [failureTests, numberTests, screenTests, lookTests] });
