import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import { AssetManifestArtifact, CloudAssembly } from 'aws-cdk-lib/cx-api';
import { objectOrEmpty, parseJson, textOf } from '../../local/json';
import { allRules } from './all-rules';
import { findings, wholeStack, type RuleInput } from './rule';
import { Template } from './template';

/** The properties of a stack that the rules need beside its template. */
export interface CheckedStack {
  readonly node: { readonly path: string };
  readonly like: 'dev' | 'prod';
  readonly terminationProtection: boolean;
}

/**
 * Applies the rules of this repository to each synthesized template, beside those of cdk-nag. A finding fails the synth, unless it is
 * acknowledged as `Tracker::rule-name` on the construct. A NagPack sees one construct at a time; these rules follow references.
 */
export class TrackerChecks implements IPolicyValidationPlugin {
  readonly name = 'Tracker';
  readonly ruleIds = allRules.map(({ name }) => name);

  constructor(private readonly stacks: readonly CheckedStack[]) {}

  validate({ stackTemplates }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = stackTemplates.flatMap(({ stackConstructPath, templatePath }) => {
      const stack = this.stacks.find(({ node }) => node.path === stackConstructPath);
      return stack === undefined ? [] : violationsOf(stack, templatePath);
    });
    return { success: violations.length === 0, violations };
  }
}

function violationsOf(stack: CheckedStack, templatePath: string): readonly PolicyViolation[] {
  const template = new Template(objectOrEmpty(parseJson(readFileSync(templatePath, 'utf8'))));
  const assets = assetPathsOf(dirname(templatePath));
  const { like, terminationProtection } = stack;
  const input = { template, like, terminationProtection, bundleOf: bundlesBy(template, assets, readBundle) };
  return findings(allRules, input).map(({ rule, logicalId, message }) => ({
    ruleName: rule,
    description: `${logicalId} ${message}`,
    severity: 'error',
    violatingResources: [
      logicalId === wholeStack
        ? { constructPath: stack.node.path, locations: [] }
        : { resourceLogicalId: logicalId, templatePath, locations: [] },
    ],
  }));
}

/** Returns the paths of an assembly's assets by their S3 keys. */
function assetPathsOf(directory: string): ReadonlyMap<string, string> {
  const files = new CloudAssembly(directory).artifacts
    .filter(AssetManifestArtifact.isAssetManifestArtifact)
    .flatMap(({ contents }) => Object.values(contents.files ?? {}));
  return new Map(
    files.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, join(directory, source.path ?? '')] as const),
    ),
  );
}

/** Returns the text of a bundle by its path; `undefined` if there is none. */
export type ReadBundle = (path: string) => string | undefined;

export const readBundle: ReadBundle = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** Returns the code of each function of a template, by its logical ID. `read` may cache. */
export function bundlesBy(
  template: Template,
  assetPaths: ReadonlyMap<string, string>,
  read: ReadBundle,
): RuleInput['bundleOf'] {
  return (functionId) => {
    const found = template.ofType('AWS::Lambda::Function').find(({ logicalId }) => logicalId === functionId);
    const asset = assetPaths.get(textOf(objectOrEmpty(found?.properties['Code'])['S3Key']));
    return asset === undefined ? undefined : read(join(asset, 'index.mjs'));
  };
}
