import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../e2e/assembly';

const pascal = (name: string): string =>
  name
    .split('-')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');

/** Services that IAM knows by another name than the AWS CLI. */
const services: Readonly<Record<string, string>> = {
  deploy: 'codedeploy',
  'service-quotas': 'servicequotas',
  'cloudwatch-logs': 'logs',
};
/** Commands of the AWS CLI that are no operation themselves. */
const commands: Readonly<Record<string, string>> = { 'logs tail': 'logs:FilterLogEvents' };

/** The actions that the commands of the AWS CLI in a text call. */
export function actionsOfCommands(text: string): readonly string[] {
  const called = [...text.matchAll(/\baws ([a-z][a-z-]+) ([a-z][a-z-]+)/g)].map(
    ([, service = '', operation = '']) =>
      commands[`${service} ${operation}`] ?? `${services[service] ?? service}:${pascal(operation)}`,
  );
  return [...new Set(called)].sort();
}

/** Requests that are signed here and not by the SDK, as the protocol names them. */
const actionsOfTargets = (source: string): readonly string[] =>
  [...source.matchAll(/'ServiceQuotasV20190624\.(\w+)'/g)].map(([, operation = '']) => `servicequotas:${operation}`);

/** The actions that the SDK's calls in a source file call: `DescribeStacksCommand`, `paginateListStackResources`. */
export function actionsOfSource(source: string): readonly string[] {
  return [...actionsOfTargets(source), ...actionsOfImports(source)];
}

function actionsOfImports(source: string): readonly string[] {
  return [...source.matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-([a-z-]+)'/g)].flatMap(
    ([, imported = '', service = '']) =>
      imported
        .split(',')
        .map((name) => /^(?:paginate([A-Z]\w+)|([A-Z]\w+)Command)$/.exec(name.trim()))
        .flatMap((operation) => operation?.[1] ?? operation?.[2] ?? [])
        .map((operation) => `${services[service] ?? service}:${operation}`),
  );
}

/** What the command line asks of AWS itself; the admin API is asked by its own action. */
export function actionsOfCommandLine(): readonly string[] {
  const sources = readdirSync(join(root, 'cli'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, 'cli', file), 'utf8'));
  return [...new Set([...sources.flatMap(actionsOfSource), 'execute-api:Invoke'])].sort();
}
