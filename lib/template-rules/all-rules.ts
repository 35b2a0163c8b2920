import { alarmRules } from './alarm-rules';
import { apiRules } from './api-rules';
import { functionRules } from './function-rules';
import { permissionRules } from './permission-rules';
import { protectionRules } from './protection-rules';
import { queueRules } from './queue-rules';
import type { Rule } from './rule';
import { tableRules } from './table-rules';

/** What neither the validator of the CDK nor the rule packs know: rules of AWS that they miss, and rules of our own. */
export const allRules: readonly Rule[] = [
  ...apiRules,
  ...functionRules,
  ...queueRules,
  ...tableRules,
  ...permissionRules,
  ...alarmRules,
  ...protectionRules,
];
