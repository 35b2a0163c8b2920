import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly';
import { evaluate } from '../iam/evaluate';
import { readStatements, type Statement } from '../iam/policy';
import { StartupFailure } from '../failure';
import { listOf, numberOr, objectOrEmpty, stringOrUndefined, textOf } from '../json';
import type { FunctionModel } from './model';
import type { ServedResource, ServedResources } from './resources';

/** AWS managed policies that a role may name. They grant nothing that is served here. */
const knownManagedPolicies = ['AWSLambdaBasicExecutionRole', 'AWSXRayDaemonWriteAccess'];

export function readFunctions(resources: ServedResources, assembly: Assembly): FunctionModel[] {
  return resources.ofType('AWS::Lambda::Function').map((resource) => {
    const { logicalId, properties } = resource;
    const role = resources.withArn(textOf(properties['Role']));
    if (role?.type !== 'AWS::IAM::Role') {
      throw new StartupFailure(
        `The function ${logicalId} has the role ${textOf(properties['Role'])}, which the template does not have.`,
      );
    }
    checkTrust(role, logicalId);
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

function checkTrust(role: ServedResource, functionId: string): void {
  const trust = readStatements(role.properties['AssumeRolePolicyDocument'], role.logicalId)
    .filter((statement) => statement.principals.includes('lambda.amazonaws.com'))
    .map((statement): Statement => ({ ...statement, resources: ['*'] }));
  if (evaluate(trust, 'sts:AssumeRole', '*') !== 'allowed') {
    throw new StartupFailure(`The role defined for the function ${functionId} cannot be assumed by Lambda.`);
  }
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

function readRoleStatements(role: ServedResource, resources: ServedResources): Statement[] {
  for (const managed of listOf(role.properties['ManagedPolicyArns']).map(textOf)) {
    const own = resources.withArn(managed);
    if (own === undefined && !knownManagedPolicies.some((known) => managed.endsWith(`/${known}`))) {
      throw new StartupFailure(
        `The role ${role.logicalId} has the managed policy ${managed}, whose content is not known here.`,
      );
    }
  }
  const inline = listOf(role.properties['Policies']).map((policy) => objectOrEmpty(policy)['PolicyDocument']);
  const attached = resources
    .ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
    .filter(
      ({ arn, properties }) =>
        listOf(properties['Roles']).includes(role.name) || listOf(role.properties['ManagedPolicyArns']).includes(arn),
    )
    .map(({ properties }) => properties['PolicyDocument']);
  return [...inline, ...attached].flatMap((document) => readStatements(document, role.logicalId));
}

/** The function that an ARN or a name means: its own, an alias's, a version's, or an API Gateway invocation URI's. */
export function functionOfArn(arn: unknown, functions: readonly FunctionModel[]): FunctionModel | undefined {
  const given = stringOrUndefined(arn) ?? '';
  const bare = /functions\/(arn:.+)\/invocations$/.exec(given)?.[1] ?? given;
  return functions.find(({ arn: own, name }) => [own, name].some((one) => bare === one || bare.startsWith(`${one}:`)));
}
