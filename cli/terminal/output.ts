import { printable } from './printable';

/** The output of a command: its result to standard output, everything else to standard error. */
export interface Output {
  /** Whether the result is for programs. */
  readonly json: boolean;
  /** Prints the whole result of a command, once: one JSON document, or the text of `people`. */
  answer(value: unknown, people: () => string): void;
  /** Prints an item of a stream: a line of NDJSON, or a line for people. */
  item(value: unknown, people: () => string): void;
  /** Prints a remark beside the result, for people only. */
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
