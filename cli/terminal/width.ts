import { stripVTControlCharacters } from 'node:util';

const letters = new Intl.Segmenter();

/** East Asian wide and fullwidth letters, and emoji: https://www.unicode.org/reports/tr11/ */
const wide =
  /^(?:[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{A4CF}\u{A960}-\u{A97F}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF01}-\u{FF60}\u{FFE0}-\u{FFE6}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\u{FE0F})/u;

/** Returns the width of a text on a terminal: colours count none, a wide letter two. */
export function widthOf(text: string): number {
  const plain = stripVTControlCharacters(text);
  if (/^[ -~]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of letters.segment(plain)) width += wide.test(segment) ? 2 : 1;
  return width;
}
