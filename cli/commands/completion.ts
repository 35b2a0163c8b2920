import { Argument, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { script } from '@bomb.sh/tab';
import { setTimeout as delay } from 'node:timers/promises';
import { bashScript } from '../completion/bash-script';
import { readLine, type UnfinishedLine } from '../completion/command-line';
import { fileNames } from '../completion/file-names';
import { suggestionFor, type Word } from '../completion/suggest';
import { storedDocument } from '../../operator/documents/stored-document';
import { adminApiOver } from '../../operator/api/admin-api';
import { connect } from '../connection/connection';
import { trackerTargetOf, withLocalUrl } from '../connection/options';
import { addExamples } from '../help';

/** Shell completion: the script for a shell, and the hidden command that it calls at each press of the key. */
export function addCompletionCommands(program: CommandUnknownOpts): void {
  const completion = program
    .command('completion')
    .addArgument(
      new Argument('<shell>', 'bash, zsh, fish or powershell').choices(['bash', 'zsh', 'fish', 'powershell']),
    )
    .description(
      'prints a script that completes commands, options and IDs in a shell; "tracker" must be on the PATH, or be a function',
    )
    .action((shell) => {
      if (shell === 'bash') process.stdout.write(bashScript);
      else script(shell, program.name(), program.name());
    });
  addExamples(
    completion,
    'source <(tracker completion bash)',
    'tracker completion fish > ~/.config/fish/completions/tracker.fish',
  );

  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (words) => {
      const line = readLine(program, withLocalUrl(words));
      const found = (await wordsFor(line)).filter(({ word }) => word.startsWith(line.current));
      const isFolder = found.length === 1 && found[0]?.word.endsWith('/') === true;
      const lines = found.map(({ word, description }) => `${word}\t${oneLine(description)}`);
      process.stdout.write([...lines, `:${isFolder ? noFiles + noSpace : noFiles}`, ''].join('\n'));
      // The completion does not wait for a late answer.
      process.exit();
    });
}

/** Directives of the script: no file names of the shell, no space after the word. */
const noFiles = 4;
const noSpace = 2;

/** A press of a key must not hang. */
const patienceMilliseconds = 1500;

async function wordsFor(line: UnfinishedLine): Promise<readonly Word[]> {
  const suggestion = suggestionFor(line);
  if (suggestion.of === 'words') return suggestion.words;
  if (suggestion.of === 'files') return fileNames(line.current).map((word) => ({ word, description: '' }));
  const ids = idsOf(suggestion.collection, line).catch(() => []);
  return Promise.race([ids, delay(patienceMilliseconds, [])]);
}

async function idsOf(collection: string, { options }: UnfinishedLine): Promise<readonly Word[]> {
  const connection = await connect(trackerTargetOf({ ...options, json: false }, process.env));
  const documents = await adminApiOver(connection).all([collection], storedDocument);
  return documents.map(({ id, name }) => ({ word: id, description: name ?? '' }));
}

/** The script ends a word at a line break and finds its directive by a colon. */
function oneLine(description: string): string {
  return description.replace(/\s+/g, ' ');
}
