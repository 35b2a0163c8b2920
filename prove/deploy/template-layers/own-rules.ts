import { allRules } from '../../../lib/template-rules/all-rules';
import { findings, type RuleInput } from '../../../lib/template-rules/rule';
import { Template } from '../../../lib/template-rules/template';
import { bundlesBy } from '../../../lib/template-rules/tracker-checks';
import type { Layer, Subject } from './subject';

/** Rules of our own, which each synth applies, for what no tool knows of this stack. */
export const ownRulesLayer: Layer = {
  name: 'own rules',
  findings: async (subject) =>
    findings(allRules, inputOf(subject)).map(({ rule, logicalId, message }) => ({
      rule,
      message: `${logicalId} ${message}`,
    })),
};

export function inputOf({ template: json, like, terminationProtection, assetPaths }: Subject): RuleInput {
  const template = new Template(json);
  return { template, like, terminationProtection, bundleOf: bundlesBy(template, assetPaths) };
}
