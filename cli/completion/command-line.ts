import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';

/** A command line that is not finished yet, as far as it says something. */
export interface UnfinishedLine {
  readonly command: CommandUnknownOpts;
  /** The arguments that are there already. */
  readonly given: readonly string[];
  /** The values of options that are there already, by their attribute names; empty for an option without one. */
  readonly options: Readonly<Record<string, string>>;
  /** The option whose value comes next. */
  readonly pending: Option | undefined;
  /** The word that is being typed; empty where none is begun. */
  readonly current: string;
}

/** Reads the words after `tracker`; the last one is being typed. */
export function readLine(program: CommandUnknownOpts, words: readonly string[]): UnfinishedLine {
  const options: Record<string, string> = {};
  const given: string[] = [];
  let command = program;
  let pending: Option | undefined;
  for (const word of words.slice(0, -1)) {
    if (pending !== undefined) {
      options[pending.attributeName()] = word;
      pending = undefined;
    } else if (word.startsWith('-')) {
      const [name = '', value] = word.split(/=(.*)/s);
      const option = optionsOf(command).find(({ short, long }) => name === short || name === long);
      // An option with an optional value takes it with "=" here, as main.ts writes it.
      if (option?.required === true && value === undefined) pending = option;
      else if (option !== undefined) options[option.attributeName()] = value ?? '';
    } else {
      const subcommand = command.commands.find((one) => one.name() === word);
      if (subcommand === undefined) given.push(word);
      else command = subcommand;
    }
  }
  return { command, given, options, pending, current: words.at(-1) ?? '' };
}

/** The options that a command takes, those of the commands above it included. */
export function optionsOf(command: CommandUnknownOpts): readonly Option[] {
  return [...command.options, ...(command.parent === null ? [] : optionsOf(command.parent))];
}
