import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { codeOf, StartupFailure } from '../failure';
import { isObject, type JsonObject, parseJson, textOf } from '../json';
import type { SecretModel } from '../template/model';
import { generateSecretString } from './generate';

/** The answer of one Secrets Manager call: a status and a JSON body. */
export interface SecretAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

interface SecretVersion {
  readonly VersionId: string;
  readonly SecretString: string;
}

/** Values of the template's secrets, generated on first start and kept in a file that only its owner can read. */
export class SecretStore {
  private constructor(
    private readonly secrets: readonly SecretModel[],
    private readonly versions: Map<string, SecretVersion>,
  ) {}

  static open(path: string, secrets: readonly SecretModel[]): SecretStore {
    const versions = readVersions(path);
    const missing = secrets.filter(({ name }) => !versions.has(name));
    for (const { name, secretString, generate } of missing) {
      versions.set(name, {
        VersionId: randomUUID(),
        SecretString: secretString ?? generateSecretString(generate ?? {}),
      });
    }
    if (missing.length > 0) {
      // A temporary file is renamed, so that no crash leaves half a file: keys derived from a lost secret are lost too.
      writeFileSync(`${path}.new`, `${JSON.stringify(Object.fromEntries(versions), undefined, 2)}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
    }
    return new SecretStore(secrets, versions);
  }

  /** Finds the secret by ARN, partial ARN or name. */
  find(secretId: unknown): SecretModel | undefined {
    return this.secrets.find(({ arn, name }) => secretId === arn || secretId === name || secretId === arn.slice(0, -7));
  }

  answer(operation: string, input: JsonObject): SecretAnswer {
    const secret = this.find(input['SecretId']);
    const version = secret === undefined ? undefined : this.versions.get(secret.name);
    if (secret === undefined || version === undefined) {
      return failure('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    const { arn: ARN, name: Name } = secret;
    const stages = ['AWSCURRENT'];
    if (operation === 'DescribeSecret') {
      return { status: 200, body: { ARN, Name, VersionIdsToStages: { [version.VersionId]: stages } } };
    }
    if (operation !== 'GetSecretValue') {
      return failure('InvalidRequestException', `The local stack does not serve ${operation} of Secrets Manager.`);
    }
    const { VersionStage: stage, VersionId: versionId } = input;
    if (stage !== undefined && stage !== 'AWSCURRENT') {
      return failure(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${textOf(stage)}`,
      );
    }
    if (versionId !== undefined && versionId !== version.VersionId) {
      return failure('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.");
    }
    return { status: 200, body: { ARN, Name, ...version, VersionStages: stages } };
  }
}

function failure(type: string, message: string): SecretAnswer {
  return { status: 400, body: { __type: type, Message: message } };
}

function readVersions(path: string): Map<string, SecretVersion> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return new Map();
    throw new StartupFailure(`The secrets file ${path} cannot be read.`);
  }
  const stored = parseJson(text);
  if (!isObject(stored)) throw new StartupFailure(`The secrets file ${path} is not a JSON object.`);
  const versions = new Map<string, SecretVersion>();
  for (const [name, version] of Object.entries(stored)) {
    if (!isObject(version)) continue;
    const { VersionId, SecretString } = version;
    if (typeof VersionId === 'string' && typeof SecretString === 'string')
      versions.set(name, { VersionId, SecretString });
  }
  return versions;
}
