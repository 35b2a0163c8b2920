import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly';
import { StartupFailure } from '../failure';
import { listOf, numberOr, objectOrEmpty, stringOrUndefined, textOf } from '../json';
import type { FunctionModel } from './model';
import type { ServedResource, ServedResources } from './resources';
import { isAssumable, readRoleStatements } from './read-roles';

export function readFunctions(resources: ServedResources, assembly: Assembly): FunctionModel[] {
  return resources.ofType('AWS::Lambda::Function').map((resource) => {
    const { logicalId, properties } = resource;
    const role = resources.withArn(textOf(properties['Role']));
    if (role?.type !== 'AWS::IAM::Role') {
      throw new StartupFailure(
        `The function ${logicalId} has the role ${textOf(properties['Role'])}, which the template does not have.`,
      );
    }
    if (!isAssumable(role, 'lambda.amazonaws.com')) {
      throw new StartupFailure(`The role defined for the function ${logicalId} cannot be assumed by Lambda.`);
    }
    const runtime = textOf(properties['Runtime']);
    if (!runtime.startsWith('nodejs')) {
      throw new StartupFailure(
        `The function ${logicalId} needs the runtime ${runtime}; only Node.js functions run here.`,
      );
    }
    if (listOf(properties['Layers']).length > 0) {
      throw new StartupFailure(`The function ${logicalId} has layers, which the local stack does not do.`);
    }
    const handler = textOf(properties['Handler']);
    return {
      logicalId,
      label: resource.label,
      name: resource.name,
      arn: resource.arn,
      assetDirectory: findCode(resource, handler, assembly),
      handler,
      runtime,
      timeoutSeconds: numberOr(properties['Timeout'], 3),
      memoryMegabytes: numberOr(properties['MemorySize'], 128),
      environment: readEnvironment(resource),
      reservedConcurrency:
        properties['ReservedConcurrentExecutions'] === undefined
          ? undefined
          : numberOr(properties['ReservedConcurrentExecutions'], 0),
      roleName: role.name,
      statements: readRoleStatements(role, resources),
    };
  });
}

function findCode(resource: ServedResource, handler: string, assembly: Assembly): string {
  const key = textOf(objectOrEmpty(resource.properties['Code'])['S3Key']);
  const directory = assembly.assetPaths.get(key);
  if (directory === undefined || !existsSync(directory)) {
    throw new StartupFailure(`The code of the function ${resource.logicalId} (asset ${key}) is not in the assembly.`);
  }
  const file = handler.slice(0, handler.lastIndexOf('.'));
  if (!['.mjs', '.js', '.cjs'].some((extension) => existsSync(join(directory, file + extension)))) {
    throw new StartupFailure(
      `The function ${resource.logicalId} names the handler ${handler}, but its code has no file ${file}.mjs, .js or .cjs.`,
    );
  }
  return directory;
}

function readEnvironment(resource: ServedResource): Record<string, string> {
  const variables = objectOrEmpty(objectOrEmpty(resource.properties['Environment'])['Variables']);
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value !== 'string') {
      throw new StartupFailure(`The environment variable ${name} of the function ${resource.logicalId} has no value.`);
    }
    environment[name] = value;
  }
  return environment;
}

/** Finds the function by an ARN or name: of itself, an alias, a version, or an API Gateway invocation URI. */
export function functionOfArn(arn: unknown, functions: readonly FunctionModel[]): FunctionModel | undefined {
  const given = stringOrUndefined(arn) ?? '';
  const bare = /functions\/(arn:.+)\/invocations$/.exec(given)?.[1] ?? given;
  return functions.find(({ arn: own, name }) => [own, name].some((one) => bare === one || bare.startsWith(`${one}:`)));
}
