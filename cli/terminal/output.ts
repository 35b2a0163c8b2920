import { printable } from './printable';

/** The output of a command: its answer to standard output, everything else to standard error. */
export interface Output {
  /** Whether the answer is for programs. */
  readonly json: boolean;
  /** The whole answer of a command, once: one JSON document, or what `people` makes of it. */
  answer(value: unknown, people: () => string): void;
  /** One of a stream: a line of NDJSON, or a line for people. */
  item(value: unknown, people: () => string): void;
  /** A word beside the answer, for people; programs are spared it. */
  note(text: string): void;
}

export function outputFor(json: boolean): Output {
  const print = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return {
    json,
    answer: (value, people) => print(json ? JSON.stringify(value, null, 2) : printable(people())),
    item: (value, people) => print(json ? JSON.stringify(value) : printable(people())),
    note: (text) => {
      if (!json) process.stderr.write(`${printable(text)}\n`);
    },
  };
}
