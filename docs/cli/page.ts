import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { examplesOf, exitCodeHelp } from '../../cli/help';

/** The reference of every command that is registered, with its examples. */
export function commandPage(program: CommandUnknownOpts): string {
  const introduction = readFileSync(join(__dirname, 'introduction.md'), 'utf8');
  const exitCodes = `## Exit codes and environment\n\n${block('text', exitCodeHelp.trim().split('\n'))}`;
  return [introduction, exitCodes, ...groupsOf(program).map(groupText)].join('\n');
}

interface Group {
  readonly title: string;
  readonly description: string;
  readonly commands: readonly CommandUnknownOpts[];
}

/** Commands under the word they begin with; those of one word together. */
function groupsOf(program: CommandUnknownOpts): readonly Group[] {
  const visible = visibleCommands(program);
  const groups = visible
    .filter((command) => visibleCommands(command).length > 0)
    .map((command) => ({ title: command.name(), description: command.description(), commands: leavesOf(command) }));
  const single = visible.filter((command) => visibleCommands(command).length === 0);
  return [...groups, { title: 'Further commands', description: '', commands: single }];
}

function leavesOf(command: CommandUnknownOpts): readonly CommandUnknownOpts[] {
  const subcommands = visibleCommands(command);
  return subcommands.length === 0 ? [command] : subcommands.flatMap(leavesOf);
}

function visibleCommands(command: CommandUnknownOpts): readonly CommandUnknownOpts[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== 'help');
}

function groupText({ title, description, commands }: Group): string {
  return [
    `## ${title}\n`,
    ...(description === '' ? [] : [`${sentence(description)}\n`]),
    ...commands.map(commandText),
  ].join('\n');
}

function commandText(command: CommandUnknownOpts): string {
  const help = command.createHelp();
  const terms = [
    ...help
      .visibleArguments(command)
      .map((argument) => [help.argumentTerm(argument), help.argumentDescription(argument)] as const),
    ...help
      .visibleOptions(command)
      .filter(({ long }) => long !== '--help')
      .map((option) => [help.optionTerm(option), help.optionDescription(option)] as const),
  ];
  const width = Math.max(0, ...terms.map(([term]) => term.length));
  const lines = terms.map(([term, about]) => `${term.padEnd(width)}  ${about}`.trimEnd());
  return [
    `### ${nameOf(command)}\n`,
    `${sentence(command.description())}\n`,
    ...(lines.length === 0 ? [] : [block('text', lines)]),
    block('sh', examplesOf(command)),
  ].join('\n');
}

function block(language: string, lines: readonly string[]): string {
  return ['```' + language, ...lines, '```', ''].join('\n');
}

/** `campaign show` */
function nameOf(command: CommandUnknownOpts): string {
  return command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
