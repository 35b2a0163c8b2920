import { spawn } from 'node:child_process';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an address in the person's browser, where there is one; its address was printed all the same. */
export function openBrowser(url: string): void {
  const [command, ...given] = openers[process.platform] ?? (['xdg-open'] as const);
  const child = spawn(command, [...given, url], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}
