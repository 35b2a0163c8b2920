import { allRules } from '../../../lib/template-rules/all-rules';
import { findings, type RuleInput } from '../../../lib/template-rules/rule';
import { Template } from '../../../lib/template-rules/template';
import { bundlesBy, readBundle, type ReadBundle } from '../../../lib/template-rules/tracker-checks';
import type { Layer, Subject } from './subject';

/** Reads each bundle once; `undefined` where there is none. */
export function bundleReader(): ReadBundle {
  const bundles = new Map<string, string | undefined>();
  return (path) => {
    if (!bundles.has(path)) bundles.set(path, readBundle(path));
    return bundles.get(path);
  };
}

/** Rules of our own, which each synth applies, for what no tool knows of this stack. */
export function ownRulesLayer(): Layer {
  const read = bundleReader();
  return {
    name: 'own rules',
    findings: async (subject) =>
      findings(allRules, inputOf(subject, read)).map(({ rule, logicalId, message }) => ({
        rule,
        message: `${logicalId} ${message}`,
      })),
  };
}

export function inputOf(
  { template: json, like, terminationProtection, assetPaths }: Subject,
  read: ReadBundle,
): RuleInput {
  const template = new Template(json);
  return { template, like, terminationProtection, bundleOf: bundlesBy(template, assetPaths, read) };
}
