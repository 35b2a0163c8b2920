import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectOrEmpty, textOf } from '../../../local/json';
import { allRules } from '../template-rules/all-rules';
import { findings, type RuleInput } from '../template-rules/rule';
import { Template } from '../template-rules/template';
import type { Layer, Subject } from './subject';

/** Reads each bundle once; `undefined` where there is none. */
export function bundleReader(): (path: string) => string | undefined {
  const bundles = new Map<string, string | undefined>();
  return (path) => {
    if (!bundles.has(path)) bundles.set(path, existsSync(path) ? readFileSync(path, 'utf8') : undefined);
    return bundles.get(path);
  };
}

/** Rules of our own, for what no tool knows of this stack. */
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
  { template, like, terminationProtection, assetPaths }: Subject,
  read: (path: string) => string | undefined,
): RuleInput {
  const reading = new Template(template);
  return {
    template: reading,
    like,
    terminationProtection,
    bundleOf: (functionId) => {
      const found = reading.ofType('AWS::Lambda::Function').find(({ logicalId }) => logicalId === functionId);
      const asset = assetPaths.get(textOf(objectOrEmpty(found?.properties['Code'])['S3Key']));
      return asset === undefined ? undefined : read(join(asset, 'index.mjs'));
    },
  };
}
