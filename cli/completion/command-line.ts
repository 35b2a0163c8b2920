import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';

/** An unfinished command line, as far as it is understood. */
export interface UnfinishedLine {
  readonly command: CommandUnknownOpts;
  /** The finished arguments. */
  readonly given: readonly string[];
  /** The values of finished options, by their attribute names; empty for an option without one. */
  readonly options: Readonly<Record<string, string>>;
  /** The option whose value comes next. */
  readonly pending: Option | undefined;
  /** The unfinished word; empty before its first character. */
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

/** Returns the options of a command and of its parents. */
export function optionsOf(command: CommandUnknownOpts): readonly Option[] {
  return [...command.options, ...(command.parent === null ? [] : optionsOf(command.parent))];
}
