import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartupFailure } from '../failure';
import { isObject, type JsonObject, objectOrEmpty, parseJson } from '../json';

/** A synthesized stack: its template, and the paths of the assets that the template names by S3 key. */
export interface Assembly {
  readonly directory: string;
  readonly stackName: string;
  readonly template: JsonObject;
  /** S3 object key, as `AWS::Lambda::Function` names it, to a folder or file. */
  readonly assetPaths: ReadonlyMap<string, string>;
}

/** Reads a cloud assembly (`cdk.out`): manifest, the one stack's template, and its asset manifest. */
export function readAssembly(givenDirectory: string): Assembly {
  const directory = resolve(givenDirectory);
  const manifest = readJsonObject(join(directory, 'manifest.json'));
  const stacks = Object.entries(objectOrEmpty(manifest['artifacts'])).filter(
    ([, artifact]) => isObject(artifact) && artifact['type'] === 'aws:cloudformation:stack',
  );
  const [first] = stacks;
  if (first === undefined || stacks.length > 1) {
    const names = stacks.map(([id]) => id).join(', ') || 'none';
    throw new StartupFailure(`The assembly ${directory} must hold exactly one stack to run here; it holds: ${names}.`);
  }
  const [artifactId, artifact] = first;
  const properties = objectOrEmpty(objectOrEmpty(artifact)['properties']);
  const templateFile = properties['templateFile'];
  if (typeof templateFile !== 'string') {
    throw new StartupFailure(`The manifest of ${directory} names no template file for the stack ${artifactId}.`);
  }
  const stackName = typeof properties['stackName'] === 'string' ? properties['stackName'] : artifactId;
  return {
    directory,
    stackName,
    template: readJsonObject(join(directory, templateFile)),
    assetPaths: readAssetPaths(directory, templateFile.replace(/\.template\.json$/, '.assets.json')),
  };
}

function readAssetPaths(directory: string, assetsFile: string): Map<string, string> {
  const paths = new Map<string, string>();
  if (!existsSync(join(directory, assetsFile))) return paths;
  const files = objectOrEmpty(readJsonObject(join(directory, assetsFile))['files']);
  for (const file of Object.values(files)) {
    const source = objectOrEmpty(objectOrEmpty(file)['source']);
    const destinations = objectOrEmpty(objectOrEmpty(file)['destinations']);
    for (const destination of Object.values(destinations)) {
      const key = objectOrEmpty(destination)['objectKey'];
      if (typeof key === 'string' && typeof source['path'] === 'string')
        paths.set(key, join(directory, source['path']));
    }
  }
  return paths;
}

function readJsonObject(path: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new StartupFailure(`There is no readable ${path}: is this the output folder of a CDK synth?`);
  }
  const value = parseJson(text);
  if (!isObject(value)) throw new StartupFailure(`${path} is not a JSON object.`);
  return value;
}
