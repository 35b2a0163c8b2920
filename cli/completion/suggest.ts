import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { kindsInOrder, collectionOf } from '../../operator/documents/kinds';
import { knownValues } from './known-values';
import { optionsOf, type UnfinishedLine } from './command-line';

/** Suggests the next word of a command line. */
export type Suggestion =
  | { readonly of: 'words'; readonly words: readonly Word[] }
  | { readonly of: 'ids'; readonly collection: string }
  | { readonly of: 'files' };

export interface Word {
  readonly word: string;
  readonly description: string;
}

const nothing: Suggestion = { of: 'words', words: [] };

export function suggestionFor({ command, given, pending, current }: UnfinishedLine): Suggestion {
  if (pending !== undefined) {
    const [option, value] = [pending.attributeName(), nameInUsage(pending.flags)];
    const known = knownValues({ option, value, command: command.name(), group: command.parent?.name(), current });
    if (known !== undefined) return { of: 'words', words: known.map((word) => ({ word, description: '' })) };
    return valueOf(pending.argChoices, value, option);
  }
  if (current.startsWith('-')) return { of: 'words', words: optionWords(command) };
  const subcommands = command.createHelp().visibleCommands(command);
  if (subcommands.length > 0) {
    return {
      of: 'words',
      words: subcommands.map((one) => ({ word: one.name(), description: one.summary() || one.description() })),
    };
  }
  const argument =
    command.registeredArguments[given.length] ?? command.registeredArguments.findLast(({ variadic }) => variadic);
  if (argument === undefined) return nothing;
  return valueOf(argument.argChoices, argument.name(), command.parent?.name() ?? '');
}

function optionWords(command: CommandUnknownOpts): readonly Word[] {
  return optionsOf(command)
    .filter(({ hidden }) => !hidden)
    .map(({ long, short, description }) => ({ word: long ?? short ?? '', description }));
}

/** Determines the kind of a value by its name in the usage and by its owner: `<id>` of `campaign show`, or of `--campaign`. */
function valueOf(choices: readonly string[] | undefined, name: string, owner: string): Suggestion {
  if (choices !== undefined) return { of: 'words', words: choices.map((word) => ({ word, description: '' })) };
  if (/^(?:file|path|folder)$/i.test(name)) return { of: 'files' };
  const kind = name === 'id' ? kindsInOrder.find((one) => one === owner) : undefined;
  return kind === undefined ? nothing : { of: 'ids', collection: collectionOf[kind] };
}

/** `file` of `--file <file>`. */
function nameInUsage(flags: string): string {
  return /[<[]([^>\].]+)/.exec(flags)?.[1] ?? '';
}
