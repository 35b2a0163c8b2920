import { emptyTests } from './empty';
import { flowTests } from './flows';
import { guardedTests } from './guarded';
import { placeTests } from './places';
import { repairTests } from './repair';
import { savedTests } from './saved';
import { setupTests } from './setup';
import { sourceTests } from './sources';
import { describeConsole } from './suite';
import { tailTests } from './tail';

describeConsole({
  empty: emptyTests,
  filled: [flowTests, setupTests, sourceTests, savedTests, guardedTests, repairTests, placeTests, tailTests],
});
