import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildStages } from '../../lib/tracker-app';
import type { TrackerStack } from '../../lib/tracker-stack';

export interface Synth {
  readonly stack: TrackerStack;
  readonly json: ReturnType<Template['toJSON']>;
}

/** Synthesizes the one stage that the context names, without bundling any code. */
export function synth(context: Readonly<Record<string, unknown>>): Synth {
  const [stack] = buildStages(new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } }));
  if (stack === undefined) throw new Error('The app has no stage.');
  // What a synth warns of is printed where somebody deploys; in a log of tests it would hide what is wrong.
  const print = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const json = Template.fromStack(stack).toJSON();
  print.mockRestore();
  return { stack, json };
}
