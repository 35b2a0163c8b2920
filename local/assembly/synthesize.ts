import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataFolder } from '../data-folder/open';
import { StartupFailure } from '../failure';
import { isObject, objectOrEmpty, parseJson } from '../json';

/** Sources of the template and of the bundles. */
const sources = ['bin', 'lib', 'lambdas', 'cdk.json', 'package-lock.json'];
const shownLines = 15;

export interface Synthesis {
  readonly directory: string;
  /** False where the previous assembly is still valid. */
  readonly ran: boolean;
}

const projectFolder = dirname(dirname(__dirname));

/** Runs the CDK app without the CDK's command line: the app writes its assembly itself. */
export async function synthesize(data: DataFolder, stage: string): Promise<Synthesis> {
  const hash = hashSources(stage);
  if (existsSync(join(data.assembly, 'manifest.json')) && readLastHash(data) === hash) {
    return { directory: data.assembly, ran: false };
  }
  rmSync(data.synthesized, { force: true });
  // Files of an earlier synth would be hashed and kept for nothing.
  rmSync(data.assembly, { recursive: true, force: true });
  await runApp(data.assembly, stage);
  writeFileSync(data.synthesized, `${JSON.stringify({ hash })}\n`);
  return { directory: data.assembly, ran: true };
}

function hashSources(stage: string): string {
  const hash = createHash('sha256').update(`${stage}\n${process.version}\n`);
  for (const source of sources) addToHash(hash, join(projectFolder, source), source);
  return hash.digest('hex');
}

function addToHash(hash: ReturnType<typeof createHash>, path: string, name: string): void {
  let entries: string[] | undefined;
  try {
    entries = readdirSync(path).sort();
  } catch {
    if (existsSync(path)) hash.update(`${name}\n`).update(readFileSync(path));
    return;
  }
  for (const entry of entries) addToHash(hash, join(path, entry), `${name}/${entry}`);
}

function readLastHash(data: DataFolder): unknown {
  return existsSync(data.synthesized)
    ? objectOrEmpty(parseJson(readFileSync(data.synthesized, 'utf8')))['hash']
    : undefined;
}

function runApp(outputDirectory: string, stage: string): Promise<void> {
  const app = join('bin', 'tracker.mjs');
  if (!existsSync(join(projectFolder, app)))
    throw new StartupFailure(`There is no ${app} to synthesize: give --assembly DIR.`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [app], {
      cwd: projectFolder,
      env: synthEnvironment(outputDirectory, stage),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => reject(new StartupFailure(`The CDK app could not be run: ${error.message}.`)));
    // The assembly must not outlive a Ctrl-C half-written under a valid hash, nor the child its parent.
    const stop = (): void => void child.kill('SIGKILL');
    process.once('exit', stop);
    child.once('close', (code) => {
      process.off('exit', stop);
      if (code === 0) return resolve();
      const lines = output.trim().split('\n');
      const cause =
        lines.find((line) => /^\s*(\w*Error|✘ \[ERROR\])/.test(line))?.trim() ?? `exit code ${String(code)}`;
      const tail = lines.slice(-shownLines).join('\n');
      reject(new StartupFailure(`The synth of the CDK app failed: ${cause}. Its last lines:\n${tail}`));
    });
  });
}

function synthEnvironment(outputDirectory: string, stage: string): NodeJS.ProcessEnv {
  const settings = parseJson(readFileSync(join(projectFolder, 'cdk.json'), 'utf8'));
  const context = isObject(settings) ? objectOrEmpty(settings['context']) : {};
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    CDK_OUTDIR: outputDirectory,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage }),
    // Validation is half of the time of a synth; `npm run synth` and the tests validate.
    CDK_VALIDATION: 'false',
  };
  // The template must not depend on the credentials of this shell.
  delete environment['CDK_DEFAULT_ACCOUNT'];
  delete environment['CDK_DEFAULT_REGION'];
  return environment;
}
