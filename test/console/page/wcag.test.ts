import { atLength } from '../../support/at-length';
import { describeConsole } from './suite';
import { wcagTests } from './wcag';

// All looks of all screens take minutes. The dialogs are tried in each look by screens.test.ts.
const tried = atLength(['dark', 'forced colours', '320 px wide'] as const, ['320 px wide'] as const);
const share = atLength(1, 3);

describeConsole({ filled: [(suite) => wcagTests(suite, tried, share)] });
