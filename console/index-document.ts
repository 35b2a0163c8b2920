/** Files of the page, by address below `/console/`. */
export interface PageFiles {
  /** The module that starts it. */
  readonly entry: string;
  /** Imports of the module before it runs. */
  readonly imported: readonly string[];
  readonly styles: readonly string[];
}

/** The path of the page and its files: `/` and `/click` are paths of senders and visitors. */
export const consolePath = '/console/';

const icon =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='M2 8h8M7 4l4 4-4 4' fill='none' stroke='%23557cf2' stroke-width='2'/><circle cx='14' cy='8' r='2' fill='%23557cf2'/></svg>";

/** `index.html`: the same for every address of the console; it holds no secret, no inline script and no inline style. */
export function indexDocument({ entry, imported, styles }: PageFiles): string {
  const address = (name: string): string => `${consolePath}${name}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Postback tracker</title>',
    `<link rel="icon" href="data:image/svg+xml,${icon.replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll(' ', '%20')}">`,
    ...styles.map((name) => `<link rel="stylesheet" href="${address(name)}">`),
    ...imported.map((name) => `<link rel="modulepreload" href="${address(name)}">`),
    `<script type="module" src="${address(entry)}"></script>`,
    '</head>',
    '<body>',
    '<div id="app"></div>',
    '<noscript>The console needs JavaScript. The same is in the command line: npx tracker --help</noscript>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
