import type { CommandUnknownOpts } from '@commander-js/extra-typings';

const examples = new WeakMap<CommandUnknownOpts, readonly string[]>();

/** Gives a command its examples, each a line as it is typed. Its help shows them, and docs/cli.md, and completes it. */
export function addExamples(command: CommandUnknownOpts, ...lines: readonly string[]): void {
  examples.set(command, lines);
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

export function examplesOf(command: CommandUnknownOpts): readonly string[] {
  return examples.get(command) ?? [];
}

export const exitCodeHelp = `
Exit codes:
  0    fine
  1    it did its work and found something wrong
  2    wrong usage: an option, an argument or a document
  3    not found
  4    rejected: changed by someone else, in use, or not confirmed
  5    the tracker cannot be reached, is in trouble, or does not let us in
  130  ended with Ctrl-C

Environment:
  TRACKER_URL         the tracker on this machine, where neither --local nor a stage, stack, region or profile is given
  NO_COLOR=1          no colours; FORCE_COLOR=1 for colours where there is no terminal
  TRACKER_DEBUG=1     where an error came from
  AWS_PROFILE, AWS_REGION, …  as for the AWS CLI`;
