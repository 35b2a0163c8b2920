import { emptyTests } from './empty';
import { flowTests } from './flows';
import { guardedTests } from './guarded';
import { newcomerTests } from './newcomer';
import { placeTests } from './places';
import { repairTests } from './repair';
import { savedTests } from './saved';
import { setupTests } from './setup';
import { sourceTests } from './sources';
import { describeConsole } from './suite';
import { tailTests } from './tail';

describeConsole({
  empty: emptyTests,
  filled: [
    flowTests,
    setupTests,
    newcomerTests,
    sourceTests,
    savedTests,
    guardedTests,
    repairTests,
    placeTests,
    tailTests,
  ],
});
