import { describeConsole } from './suite';
import { wcagTests } from './wcag';

describeConsole({ filled: [wcagTests] });
