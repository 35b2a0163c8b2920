import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours a text for a stream that supports colours. Node's check is newer than the oldest supported Node. */
const styled =
  (format: Format) =>
  (text: string, stream: NodeJS.WriteStream = process.stdout): string =>
    takesColours(stream, process.env) ? styleText(format, text, { validateStream: false }) : text;

/** `NO_COLOR` overrides `FORCE_COLOR`, and both override the kind of the stream: https://no-color.org */
export function takesColours(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR: never = '', FORCE_COLOR: always = '', TERM: terminal } = environment;
  if (never !== '') return false;
  if (always !== '') return always !== '0' && always !== 'false';
  return stream.isTTY === true && terminal !== 'dumb';
}

/** The meaning of each colour. */
export const style = {
  heading: styled('bold'),
  /** The text to find first: a URL to paste. */
  important: styled(['bold', 'cyan']),
  good: styled('green'),
  warning: styled('yellow'),
  bad: styled('red'),
  /** A side remark. */
  quiet: styled('dim'),
} as const;
