import { alarmRules } from './alarm-rules';
import { apiRules } from './api-rules';
import { functionRules } from './function-rules';
import { permissionRules } from './permission-rules';
import { protectionRules } from './protection-rules';
import { queueRules } from './queue-rules';
import type { Rule } from './rule';
import { tableRules } from './table-rules';

/** Rules of AWS that the CDK's validator and the rule packs lack, and rules of this repository. */
export const allRules: readonly Rule[] = [
  ...apiRules,
  ...functionRules,
  ...queueRules,
  ...tableRules,
  ...permissionRules,
  ...alarmRules,
  ...protectionRules,
];
