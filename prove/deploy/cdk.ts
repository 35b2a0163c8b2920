import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closedEnvironment } from '../closed-environment';
import { run } from './emulator/child-process';
import { type Emulator, emulatedAccount, emulatedRegion, rootCredentials } from './emulator/emulator';
import { forEmulator } from './emulator/left-out';
import { objectOrEmpty, parseJson } from '../../local/json';

export interface CdkRun {
  readonly code: number;
  readonly output: string;
  readonly seconds: number;
}

/** A stage that is like prod in all that the emulator can take. */
export interface EmulatorStage {
  readonly configCacheSeconds: number;
}

const stageName = 'emulator';
export const stackName = `PostbackTracker-${stageName}`;

const projectFolder = join(__dirname, '..', '..');
const limitSeconds = 90;

/** The command line of the CDK, as an operator has it, with the emulator in the place of AWS. */
export class Cdk {
  private readonly environment: NodeJS.ProcessEnv;
  private readonly program = join(projectFolder, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  readonly assembly: string;

  constructor(
    emulator: Emulator,
    private readonly folder: string,
  ) {
    this.assembly = join(folder, 'cdk.out');
    const settings = {
      AWS_ENDPOINT_URL: emulator.endpoint,
      AWS_CA_BUNDLE: emulator.certificateFile,
      NODE_EXTRA_CA_CERTS: emulator.certificateFile,
      AWS_ACCESS_KEY_ID: rootCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: rootCredentials.secretAccessKey,
      AWS_REGION: emulatedRegion,
      CI: 'true',
    };
    this.environment = closedEnvironment(settings, [
      dirname(process.execPath),
      join(projectFolder, 'node_modules', '.bin'),
    ]);
  }

  bootstrap(): Promise<CdkRun> {
    return this.run('bootstrap', [
      `aws://${emulatedAccount}/${emulatedRegion}`,
      ...this.stage({ configCacheSeconds: 60 }),
    ]);
  }

  /** With all of its rules; the emulator then gets what it takes of the template. */
  async synth(stage: EmulatorStage): Promise<CdkRun> {
    const synthesized = await this.run('synth', ['--quiet', ...this.stage(stage)]);
    if (synthesized.code !== 0) return synthesized;
    const path = join(this.assembly, `${stackName}.template.json`);
    writeFileSync(path, JSON.stringify(forEmulator(objectOrEmpty(parseJson(readFileSync(path, 'utf8'))))));
    return synthesized;
  }

  /** Deploys the last synthesis. */
  deploy(): Promise<CdkRun> {
    return this.run('deploy', ['--app', this.assembly, '--require-approval', 'never']);
  }

  /** Exit code 1 where something differs. */
  diff(): Promise<CdkRun> {
    return this.run('diff', ['--app', this.assembly, '--fail']);
  }

  destroy(): Promise<CdkRun> {
    return this.run('destroy', ['--app', this.assembly, '--force']);
  }

  private stage(settings: EmulatorStage): readonly string[] {
    const stages = { [stageName]: { like: 'prod', release: 'all-at-once', ...settings } };
    const context = ['-c', `stage=${stageName}`, '-c', `stages=${JSON.stringify(stages)}`];
    return [...context, '--output', this.assembly];
  }

  private run(command: string, given: readonly string[]): Promise<CdkRun> {
    return run(process.execPath, [this.program, command, '--no-notices', '--no-color', ...given], {
      environment: this.environment,
      folder: projectFolder,
      log: join(this.folder, `cdk-${command}.log`),
      limitSeconds,
    });
  }
}

/** The version of the command line that is used, for the transcript. */
export function cdkVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(projectFolder, 'node_modules', 'aws-cdk', 'package.json'), 'utf8'),
  );
  return version;
}
