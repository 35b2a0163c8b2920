import { atLength } from '../../support/at-length';
import { failureTests } from './failures';
import { lookTests } from './looks';
import { numberTests } from './numbers';
import { screenTests } from './screens';
import { describeConsole } from './suite';
import { wcagTests } from './wcag';

// All looks of all screens take minutes. The dialogs are tried in each look by lookTests.
const tried = atLength(['dark', 'forced colours', '320 px wide'] as const, ['320 px wide'] as const);
const share = atLength(1, 3);

// Apart from page.test.ts: each takes a minute or more, and they run beside each other. What is compared with a snapshot comes first.
describeConsole({
  filled: [(suite) => wcagTests(suite, tried, share), failureTests, numberTests, screenTests, lookTests],
});
