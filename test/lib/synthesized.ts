import * as path from 'node:path';
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildStages } from '../../lib/tracker-app';
import type { TrackerStack } from '../../lib/tracker-stack';

export const repository = path.join(__dirname, '..', '..');

/** A template is JSON: each test says what shape it expects where. */
export type Resource = ReturnType<Template['findResources']>[string];

export interface Synthesized {
  readonly stack: TrackerStack;
  readonly template: Template;
  /** Resources of one type, by logical ID. */
  readonly resources: (type: string) => Record<string, Resource>;
}

const cdkJson: { readonly context: Record<string, unknown> } = JSON.parse(
  readFileSync(path.join(repository, 'cdk.json'), 'utf8'),
);
// Two thirds of a synth. The stages of the page are validated by examples.test.ts, the built-in ones by CI also.
process.env['CDK_VALIDATION'] ??= 'false';

const cache = new Map<string, Synthesized>();

/** The stack of a stage as `cdk synth` would make it with this repository's flags, without bundling any code. */
export function synthesized(stage: string, stages?: Record<string, unknown>, release?: string): Synthesized {
  const key = JSON.stringify([stage, stages, release]);
  const known = cache.get(key);
  if (known) return known;
  const app = new App({
    context: {
      ...cdkJson.context,
      'aws:cdk:bundling-stacks': [],
      stage,
      ...(stages && { stages }),
      ...(release && { release }),
    },
  });
  const [stack] = buildStages(app);
  if (stack === undefined) throw new Error('The app has no stage.');
  // What a synth warns of is printed where somebody deploys; in a log of tests it would hide what is wrong.
  const print = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const template = Template.fromStack(stack);
  print.mockRestore();
  const made: Synthesized = {
    stack,
    template,
    resources: (type) => template.findResources(type),
  };
  cache.set(key, made);
  return made;
}

/** The one logical ID that starts so: hashes stay out of the tests that are not about them. */
export function logicalId(resources: Record<string, Resource>, prefix: string): string {
  const ids = Object.keys(resources).filter((id) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(id));
  if (ids.length !== 1 || ids[0] === undefined) throw new Error(`${ids.length} resources are named ${prefix}…`);
  return ids[0];
}

/** The properties of the only resource there is. */
export function onlyOne(resources: Record<string, Resource>): Resource {
  const [found, ...others] = Object.values(resources);
  if (!found || others.length > 0) throw new Error(`${Object.keys(resources).length} resources where one was expected`);
  return found['Properties'];
}

/** A text as CloudFormation will write it, with `reference` in place of each name that it does not know yet. */
export function plainText(
  text: string | { readonly 'Fn::Join': readonly [string, readonly unknown[]] },
  reference = 'reference',
): string {
  if (typeof text === 'string') return text;
  const [separator, parts] = text['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : reference)).join(separator);
}
