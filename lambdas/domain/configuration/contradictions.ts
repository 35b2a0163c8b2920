import { postbackFields } from '../presets';
import { foldedWord } from '../text/percent-encoding';
import type { DocumentKind } from './document';
import type { FieldProblem } from './reserved-names';

/** Parameters that authentication and tests take out of a request: no field is read from them. */
const ownParameters: readonly string[] = ['token', 'sig', 'kid', 'test', 'dry_run'];

/** Fields whose words are read in any case. */
const wordFields = ['statuses', 'events', 'currencies'] as const;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/**
 * Returns the contradictions of an integration, of which one side would count silently: a word in two spellings, a parameter for two
 * fields, two formats of amounts. Only writes are checked; a stored document works as before.
 * @param input the document as it was written
 */
export function contradictionsIn(kind: DocumentKind, input: unknown): readonly FieldProblem[] {
  if (kind !== 'integration') return [];
  const document = fieldsOf(input);
  return [
    ...wordFields.flatMap((field) => repeatedWords(field, document[field])),
    ...repeatedWords('duplicates.events', fieldsOf(document['duplicates'])['events']),
    ...sharedParameters(fieldsOf(document['parameters'])),
    ...twoFormats(document),
  ];
}

function repeatedWords(path: string, words: unknown): readonly FieldProblem[] {
  const first = new Map<string, string>();
  return Object.keys(fieldsOf(words)).flatMap((word) => {
    const same = first.get(foldedWord(word));
    if (same === undefined) first.set(foldedWord(word), word);
    return same === undefined
      ? []
      : [{ path: `${path}.${word}`, problem: `is the same word as "${same.slice(0, 64)}": case does not count` }];
  });
}

function sharedParameters(parameters: Fields): readonly FieldProblem[] {
  const takenBy = new Map<string, string>();
  const problems: FieldProblem[] = [];
  for (const field of postbackFields) {
    const names = parameters[field];
    if (!Array.isArray(names)) continue;
    for (const [index, name] of names.entries()) {
      if (typeof name !== 'string') continue;
      const path = `parameters.${field}.${index}`;
      const other = takenBy.get(foldedWord(name));
      if (ownParameters.includes(foldedWord(name))) {
        problems.push({ path, problem: 'is a parameter of the tracker itself; name another' });
      } else if (other !== undefined && other !== field) {
        problems.push({ path, problem: `is a name of ${other} already; one parameter is one field` });
      }
      takenBy.set(foldedWord(name), other ?? field);
    }
  }
  return problems;
}

function twoFormats({ decimalComma, amountFormat }: Fields): readonly FieldProblem[] {
  if (typeof decimalComma !== 'boolean' || amountFormat === undefined) return [];
  if (decimalComma === (amountFormat === '1.234,56')) return [];
  return [{ path: 'decimalComma', problem: 'must be left out beside amountFormat, which says the opposite' }];
}
