import type { CommandUnknownOpts } from '@commander-js/extra-typings';

const examples = new WeakMap<CommandUnknownOpts, readonly string[]>();

/** Adds examples to a command, each as it is typed, for its help and docs/cli.md. */
export function addExamples(command: CommandUnknownOpts, ...lines: readonly string[]): void {
  examples.set(command, lines);
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

export function examplesOf(command: CommandUnknownOpts): readonly string[] {
  return examples.get(command) ?? [];
}

export const exitCodeHelp = `
Exit codes:
  0    success
  1    finished, and found a problem
  2    wrong usage: an option, an argument or a document
  3    not found
  4    rejected: changed by someone else, in use, or not confirmed
  5    the tracker cannot be reached, fails, or denies access
  130  ended with Ctrl-C

Environment:
  TRACKER_URL         the tracker on this machine, without --local, --stage, --stack, --region and --profile
  NO_COLOR=1          no colours; FORCE_COLOR=1 for colours without a terminal
  TRACKER_DEBUG=1     print the origin of an error
  AWS_PROFILE, AWS_REGION, …  as for the AWS CLI`;
