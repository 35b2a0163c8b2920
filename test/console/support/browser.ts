import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, LaunchOptions } from 'playwright-core';
import * as v from 'valibot';
import { closedEnvironment } from '../../../prove/closed-environment';

/** Where installers put a Chromium of one kind or another. */
function usualPlaces({ platform, env }: NodeJS.Process): readonly string[] {
  if (platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return names.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return folders.flatMap((folder) =>
      folder === undefined ? [] : programs.map((program) => `${folder}\\${program}`),
    );
  }
  const names = [
    'chromium-headless-shell',
    'google-chrome',
    'google-chrome-stable',
    'chromium',
    'chromium-browser',
    'microsoft-edge',
  ];
  const folders = (env['PATH'] ?? '/usr/bin').split(':').filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The browser to drive, by its path; `undefined` where this machine has none. */
export function findBrowser(): LaunchOptions | undefined {
  const named = process.env['TRACKER_BROWSER'] ?? '';
  if (named !== '') {
    if (!existsSync(named)) throw new Error(`TRACKER_BROWSER names ${named}, which is not there.`);
    return { executablePath: named };
  }
  const installed = usualPlaces(process).find((path) => existsSync(path));
  return installed === undefined ? browserOfNpm() : { executablePath: installed };
}

const packagedBrowser = v.object({ executablePath: v.string(), args: v.array(v.string()) });

/**
 * A Chromium that comes as a package, for machines where none can be installed: no dependency, used where somebody added it. It is an
 * ECMAScript module, which a test cannot load itself.
 */
function browserOfNpm(): LaunchOptions | undefined {
  if (!isPackageHere()) return undefined;
  const script =
    "import chromium from '@sparticuz/chromium'; console.log(JSON.stringify({ executablePath: await chromium.executablePath(), args: chromium.args }));";
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: closedEnvironment(),
    encoding: 'utf8',
  });
  return v.parse(packagedBrowser, JSON.parse(told));
}

function isPackageHere(): boolean {
  try {
    require.resolve('@sparticuz/chromium');
    return true;
  } catch {
    return false;
  }
}

const howToGetOne =
  'sudo apt-get install chromium-headless-shell, npm install --no-save @sparticuz/chromium, or TRACKER_BROWSER=/path/to/chrome';

const isRequired = (): boolean => process.env['BROWSER_REQUIRED'] === '1';

/** What a suite has at hand: one browser, launched before its first test. */
export interface BrowserSuite {
  /** Only within a test. Take a context of your own for each test: `browser().newContext()`. */
  browser(): Browser;
}

/**
 * `describe` for tests that need a real browser. Without one on this machine they are skipped, with one line that says what to install;
 * `BROWSER_REQUIRED=1` makes that a failure.
 * @param launching beside the path, for instance `{ args: ['--host-resolver-rules=…'] }`
 */
export function describeInBrowser(
  name: string,
  tests: (suite: BrowserSuite) => void,
  launching: LaunchOptions = {},
): void {
  const isHere = isBrowserHere();
  if (!isHere && !isRequired()) {
    process.stderr.write(`${name}: skipped, since this machine has no browser. To run it: ${howToGetOne}\n`);
  }
  (isHere || isRequired() ? describe : describe.skip)(name, () => {
    let launched: Browser | undefined;
    beforeAll(async () => {
      const found = findBrowser();
      if (found === undefined) throw new Error(`There is no browser here. Get one: ${howToGetOne}`);
      const { chromium } = await import('playwright-core');
      launched = await chromium.launch({
        ...launching,
        ...found,
        args: [...(found.args ?? []), ...(launching.args ?? [])],
      });
    });
    afterAll(() => launched?.close());
    tests({
      browser() {
        if (launched === undefined) throw new Error('The browser is there within a test only.');
        return launched;
      },
    });
  });
}

/** Whether `findBrowser` would find one; it unpacks none. */
function isBrowserHere(): boolean {
  return (
    (process.env['TRACKER_BROWSER'] ?? '') !== '' ||
    usualPlaces(process).some((path) => existsSync(path)) ||
    isPackageHere()
  );
}
