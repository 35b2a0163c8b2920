import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { buildStages } from '../../lib/tracker-app';

/** Reasons by rule. */
const acknowledgements = v.record(v.string(), v.string());
const resource = v.object({ Type: v.string(), Properties: v.optional(v.record(v.string(), v.unknown()), {}) });
const template = v.object({ Resources: v.record(v.string(), resource) });
const settings = v.object({ context: v.record(v.string(), v.unknown()) });

export type ReviewedResources = v.InferOutput<typeof template>['Resources'];

/** A rule of a rule pack that is answered instead of kept, with the reason. */
export interface Acknowledged {
  readonly rule: string;
  readonly where: string;
  readonly reason: string;
}

export interface ReviewedStack {
  readonly resources: ReviewedResources;
  readonly acknowledged: readonly Acknowledged[];
}

/** The stack of prod as it comes, without the code of its functions. */
export function reviewedStack(): ReviewedStack {
  const { context } = v.parse(settings, JSON.parse(readFileSync(join(__dirname, '..', '..', 'cdk.json'), 'utf8')));
  // No rule is checked here: what a synth says of it is for whoever deploys.
  process.env['CDK_VALIDATION'] ??= 'false';
  const page = { alarmTargets: { page: {} } };
  const app = new App({
    context: { ...context, stage: 'prod', stages: { prod: page }, 'aws:cdk:bundling-stacks': [] },
  });
  const [stack] = buildStages(app);
  if (stack === undefined) throw new Error('The app has no stage.');
  const { Resources: resources } = v.parse(template, Template.fromStack(stack).toJSON());
  return { resources, acknowledged: acknowledgedIn(stack) };
}

function acknowledgedIn(stack: Stack): readonly Acknowledged[] {
  return stack.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(v.parse(acknowledgements, data)))
      .map(([rule, reason]) => ({
        rule: rule.replace(/^Annotation::/, ''),
        where: node.path.replace(/^[^/]*\//, ''),
        reason,
      })),
  );
}
