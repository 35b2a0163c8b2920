import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours a text for a stream: `NO_COLOR`, `FORCE_COLOR` and a stream that is no terminal are heeded. */
const styled =
  (format: Format) =>
  (text: string, stream: NodeJS.WriteStream = process.stdout): string =>
    styleText(format, text, { stream });

/** What a colour means here. */
export const style = {
  heading: styled('bold'),
  /** What the eye should find first: a URL to paste. */
  important: styled(['bold', 'cyan']),
  good: styled('green'),
  warning: styled('yellow'),
  bad: styled('red'),
  /** Beside the point. */
  quiet: styled('dim'),
} as const;
