/**
 * A text without what would move the cursor or command the terminal: senders choose the content of log rows. Colours, line breaks
 * and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/\p{Cc}(?:\[[\d;]*m)?/gu, (match) => {
    const isColour = match.length > 1 && match.startsWith('\u001B');
    return isColour || match.startsWith('\n') || match.startsWith('\t') ? match : match.slice(1);
  });
}
