/**
 * Removes characters that move the cursor or control the terminal, since senders write into log rows. Keeps colours, line breaks and
 * tabs.
 */
export function printable(text: string): string {
  return text.replace(/\p{Cc}(?:\[[\d;]*m)?/gu, (match) => {
    const isColour = match.length > 1 && match.startsWith('\u001B');
    return isColour || match.startsWith('\n') || match.startsWith('\t') ? match : match.slice(1);
  });
}
