import { spawn } from 'node:child_process';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens a URL in the user's browser, if there is one; the URL was also printed. */
export function openBrowser(url: string): void {
  const [command, ...given] = openers[process.platform] ?? (['xdg-open'] as const);
  const child = spawn(command, [...given, url], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}
